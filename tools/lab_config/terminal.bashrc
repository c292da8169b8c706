# The shell of JupyterLab's terminals: the reader's own, with the course's environment first.
[ -f ~/.bashrc ] && . ~/.bashrc
PATH="$VIRTUAL_ENV/bin:$PATH"
