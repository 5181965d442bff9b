/* Makes one call of the system fail, for a program that it is loaded into: the FAULT_AT-th FAULT_CALL that is about a file in the
   folder FAULT_IN. That it did so is told by a file FAULT_DONE. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int seen;

static int fails(const char *call, const char *path) {
    const char *which = getenv("FAULT_CALL"), *in = getenv("FAULT_IN"), *at = getenv("FAULT_AT");
    if (!which || !in || !at || strcmp(which, call) != 0) return 0;
    if (path[0] == '/' && strncmp(path, in, strlen(in)) != 0) return 0;
    if (__sync_add_and_fetch(&seen, 1) != atoi(at)) return 0;
    int (*make)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
    close(make(getenv("FAULT_DONE"), O_CREAT | O_WRONLY, 0600));
    errno = strcmp(call, "open") == 0 ? EMFILE : strcmp(call, "read") == 0 ? EIO : ENOSPC;
    return 1;
}

static int fails_at(const char *call, int file) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0 || path[0] != '/') return 0;
    path[length] = 0;
    return fails(call, path);
}

#define REAL(name, ...) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))(__VA_ARGS__)

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return fails("open", path) ? -1 : REAL(open64, path, flags, mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
    return fails_at("write", file) ? -1 : REAL(write, file, bytes, count);
}

ssize_t read(int file, void *bytes, size_t count) {
    return fails_at("read", file) ? -1 : REAL(read, file, bytes, count);
}

int fsync(int file) { return fails_at("fsync", file) ? -1 : REAL(fsync, file); }

int fchmod(int file, mode_t mode) { return fails_at("fchmod", file) ? -1 : REAL(fchmod, file, mode); }

int rename(const char *from, const char *to) { return fails("rename", to) ? -1 : REAL(rename, from, to); }

int unlink(const char *path) { return fails("unlink", path) ? -1 : REAL(unlink, path); }
