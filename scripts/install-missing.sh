# Read by other scripts: install_missing PACKAGE... installs the Debian packages that are not there.
install_missing() {
	missing=
	for package in "$@"; do
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' \
			|| missing="$missing $package"
	done
	if [ -z "$missing" ]; then
		return 0
	fi
	echo "Installing:$missing"
	if [ "$(id -u)" -eq 0 ]; then
		as_root=
	elif command -v sudo >/dev/null 2>&1; then
		as_root=sudo
	else
		echo "These Debian packages are needed, and only root may install them:$missing" >&2
		return 1
	fi
	# An old list of packages fails to install from; a fresh machine has none at all.
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
	# shellcheck disable=SC2086 # the words are the packages
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

BUILD_PACKAGES="gcc cmake ninja-build pkg-config gettext tzdata libc6-dev libncurses-dev
	libsqlite3-dev uuid-dev libical-dev libjansson-dev libsodium-dev
	libgmime-3.0-dev libcurl4-openssl-dev libxlsxwriter-dev"
TEST_PACKAGES="$BUILD_PACKAGES libcriterion-dev libvterm-dev clang clang-format cppcheck sqlite3 git libclang-rt-14-dev
	openssh-server openssh-client libreoffice-calc-nogui python3-aiosmtpd python3-icalendar khal
	calcurse openssl"
