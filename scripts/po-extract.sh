# Read by other scripts: po_extract FILE writes the template of all texts in the sources.
po_extract() {
	find src -name '*.c' | LC_ALL=C sort | xgettext --files-from=- --from-code=UTF-8 --language=C \
		--keyword=_ --keyword=N_ --keyword=P_:1,2 --flag=_:1:pass-c-format \
		--add-comments=TRANSLATORS --no-wrap --sort-output --no-location \
		--package-name=kutsu --output="$1"
	sed -i 's/charset=CHARSET/charset=UTF-8/' "$1"
}
