#!/bin/sh
# Installs what the program needs from the operating system and does not find there.
#   .ci/system_packages.sh run     what the window needs
#   .ci/system_packages.sh test    what the tests need besides
#   .ci/system_packages.sh make    only what the other two are called by
# Debian and Ubuntu: by apt, with sudo when not root. Other Linux: names what is missing.
# Exit status 0: all is there. 1: something is still missing, and it was said what.

PATH="$PATH:/usr/sbin:/sbin" # ldconfig is not on the path of every user

# A shared library or command, then the packages that bring it: the newer distribution's name
# first (Debian 13 and Ubuntu 24.04 renamed some for the 64-bit time_t).
needs_of_run() {
    cat <<END
libglib-2.0.so.0        libglib2.0-0t64 libglib2.0-0
libEGL.so.1             libegl1
libGL.so.1              libgl1
libdbus-1.so.3          libdbus-1-3
libfontconfig.so.1      libfontconfig1
libfreetype.so.6        libfreetype6
libxkbcommon.so.0       libxkbcommon0
libdrm.so.2             libdrm2
libpulse.so.0           libpulse0
libcups.so.2            libcups2t64 libcups2
libX11.so.6             libx11-6
libX11-xcb.so.1         libx11-xcb1
libXext.so.6            libxext6
libXrandr.so.2          libxrandr2
libxcb.so.1             libxcb1
libxcb-cursor.so.0      libxcb-cursor0
libxcb-glx.so.0         libxcb-glx0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render.so.0      libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0
libxcb-shm.so.0         libxcb-shm0
libxcb-sync.so.1        libxcb-sync1
libxcb-util.so.1        libxcb-util1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
libxkbcommon-x11.so.0   libxkbcommon-x11-0
libwayland-client.so.0  libwayland-client0
libwayland-cursor.so.0  libwayland-cursor0
libwayland-egl.so.1     libwayland-egl1
END
}

needs_of_test() {
    cat <<END
Xvfb          xvfb
xdotool       xdotool
pdftotext     poppler-utils
qpdf          qpdf
cupsd         cups
lpadmin       cups-client
ippeveprinter cups-ipp-utils
dbus-daemon   dbus-daemon dbus
xrandr        x11-xserver-utils
pulseaudio    pulseaudio
pactl         pulseaudio-utils
soffice       libreoffice-calc-nogui
openssl       openssl
postgres      postgresql
END
}

needs() {
    case $purpose in
        make) echo "make make" ;;
        run) needs_of_run ;;
        *) needs_of_run; needs_of_test ;;
    esac
}

# The rows of needs() that this machine lacks.
missing() {
    libraries=$(ldconfig -p 2>/dev/null)
    needs | while read -r need packages; do
        case $need in
            *.so.*) printf '%s' "$libraries" | grep -qF "$need " ;;
            *) command -v "$need" >/dev/null ;;
        esac || echo "$need $packages"
    done
}

# Debian leaves ensurepip, without which no environment can be made, to a package of its own.
missing_venv_package() {
    python=$(sh "$(dirname "$0")/find_python.sh" 2>/dev/null) || return
    "$python" -c 'import ensurepip' 2>/dev/null ||
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# The packages to install: for each missing row the first name that apt knows.
packages_to_install() {
    missing_venv_package
    missing | while read -r need packages; do
        for package in $packages; do
            apt-cache show "$package" >/dev/null 2>&1 && break
        done
        echo "$package"
    done | sort -u
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get \
        -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@"
}

install_by_apt() {
    if ! as_root true; then
        echo "Some system packages are missing, and installing them needs root or sudo." >&2
        return 1
    fi
    echo "Installing by apt what is missing from the system."
    # A new machine updates itself: apt waits for dpkg then, but not for the lists and downloads
    # that another apt holds.
    for pause_s in 10 30 60 60 0; do
        apt_get update -q
        # shellcheck disable=SC2046 # one word for each package
        apt_get install -q -y --no-install-recommends $(packages_to_install) && return
        [ "$pause_s" = 0 ] && return 1
        echo "That failed. It is tried again in $pause_s seconds (Ctrl+C ends it)." >&2
        sleep "$pause_s"
    done
}

say_what_is_missing() {
    {
        echo "Still missing from this system; what needs them will not work, and its tests are skipped:"
        { missing_venv_package; missing; } | sed 's/ .*//' | tr '\n' ' '
        echo
        if command -v apt-get >/dev/null; then
            echo "To install them: sudo apt-get install $(packages_to_install | tr '\n' ' ')"
        else
            echo "Install them with your system's package manager."
        fi
    } >&2
}

purpose=$1
[ "$(uname)" = Linux ] || exit 0
[ -n "$(missing)$(missing_venv_package)" ] || exit 0
if command -v apt-get >/dev/null; then
    install_by_apt
    [ -n "$(missing)$(missing_venv_package)" ] || exit 0
fi
say_what_is_missing
exit 1
