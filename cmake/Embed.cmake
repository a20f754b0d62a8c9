# Files compiled into the program: as unsigned char, since they hold Finnish letters.

set(KUTSU_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed-file.cmake)

# Turns SOURCE into a C file that defines SYMBOL[] and SYMBOL_size.
function(kutsu_embed_file source symbol output)
	add_custom_command(OUTPUT ${output}
		COMMAND ${CMAKE_COMMAND} -DSOURCE=${source} -DSYMBOL=${symbol} -DOUTPUT=${output}
			-P ${KUTSU_EMBED_SCRIPT}
		DEPENDS ${source} ${KUTSU_EMBED_SCRIPT}
		VERBATIM)
endfunction()

# Every po/LANG.po as a catalogue in gettext's .mo format.
function(kutsu_embed_messages result)
	find_program(MSGFMT msgfmt REQUIRED)
	set(outputs)
	foreach(language fi sv)
		set(po ${PROJECT_SOURCE_DIR}/po/${language}.po)
		set(mo ${PROJECT_BINARY_DIR}/messages_${language}.mo)
		set(c ${PROJECT_BINARY_DIR}/messages_${language}.c)
		add_custom_command(OUTPUT ${mo}
			COMMAND ${MSGFMT} --no-hash --check --output-file=${mo} ${po}
			DEPENDS ${po} VERBATIM)
		kutsu_embed_file(${mo} message_catalogue_${language} ${c})
		list(APPEND outputs ${c})
	endforeach()
	set(${result} ${outputs} PARENT_SCOPE)
endfunction()

# Every migrations/NNNN_what.sql, and a table of them in the order of their numbers.
function(kutsu_embed_migrations result)
	file(GLOB files ${GLOB_OPTIONS} ${PROJECT_SOURCE_DIR}/migrations/*.sql)
	list(SORT files)
	set(outputs)
	set(externs "")
	set(rows "")
	foreach(file ${files})
		get_filename_component(name ${file} NAME_WE)
		set(c ${PROJECT_BINARY_DIR}/migration_${name}.c)
		kutsu_embed_file(${file} migration_${name} ${c})
		list(APPEND outputs ${c})
		string(APPEND externs "extern const unsigned char migration_${name}[];\n"
			"extern const unsigned long migration_${name}_size;\n")
		string(APPEND rows "\t{ \"${name}\", migration_${name}, &migration_${name}_size },\n")
	endforeach()
	set(table ${PROJECT_BINARY_DIR}/migration_table.c)
	file(CONFIGURE OUTPUT ${table} @ONLY CONTENT
"#include \"migrations_internal.h\"

@externs@
const struct migration migrations[] = {
@rows@};
const unsigned long migration_count = sizeof(migrations) / sizeof(migrations[0]);
")
	set(${result} ${outputs} ${table} PARENT_SCOPE)
endfunction()
