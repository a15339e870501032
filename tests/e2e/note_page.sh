#!/usr/bin/env bash
# Stands in for the browser: notes the page it was asked for, a line each, in the file $PAGES.
printf '%s\n' "$1" >>"$PAGES"
