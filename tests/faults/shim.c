/* Makes calls to the system fail, or ends the process, at a point that is asked for; and keeps a log of what is written.
 *
 * Loaded by LD_PRELOAD. Nothing is done until faults_arm() is called. From then on every call that changes something
 * under a folder is counted; at the call of the number asked for the fault happens. Only files under the folder count,
 * and calls through the C library: Python's, SQLite's and Arrow's all are.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, RENAME = 4, UNLINK = 8, CREATE = 16, CUT = 32, MKDIR = 64, READ = 128, OPEN = 256 };
enum { COUNT = 0, FAIL = 1, FAIL_ON = 2, KILL = 3, SHORT = 4, INTERRUPT = 5, TEAR = 6 };
enum { MOST = 4096, LONGEST = 4096 };

static char root[LONGEST];
static size_t root_length;
static unsigned wanted;
static long point;
static int action, code, logged = -1;
static volatile long *counted;   /* shared with the process that forks, so that it is known after a kill */
static char *names[MOST];        /* by descriptor, NULL where it is not under the folder */
static long long clock_shift;
static long clock_after;

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void start(void) {
    counted = mmap(NULL, sizeof *counted, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

void faults_arm(const char *folder, unsigned calls, long at, int what, int error, int log_to) {
    strncpy(root, folder, sizeof root - 1);
    root_length = strlen(root);
    wanted = calls; point = at; action = what; code = error; logged = log_to;
    *counted = 0;
}

void faults_disarm(void) { root_length = 0; logged = -1; }
long faults_count(void) { return *counted; }

/* Puts the clock forward or, by a negative number, back, once it was asked so many times. */
void faults_clock(long long seconds, long after) { clock_shift = seconds; clock_after = after; }

static long long shift(void) { return clock_after > 0 && clock_after-- ? 0 : clock_shift; }

static int is_under(const char *path) {
    return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

/* Writes the whole path of a name to `to`; 0 where it is not under the folder. */
static int whole(int folder, const char *name, char *to) {
    if (!root_length || !name) return 0;
    if (name[0] == '/') snprintf(to, LONGEST, "%s", name);
    else if (folder == AT_FDCWD) {
        char here[LONGEST];
        if (syscall(SYS_getcwd, here, sizeof here) < 0) return 0;
        while (name[0] == '.' && name[1] == '/') name += 2;
        if (!strcmp(name, ".")) snprintf(to, LONGEST, "%s", here);
        else if (snprintf(to, LONGEST, "%s/%s", here, name) >= LONGEST) return 0;
    } else {
        if (folder < 0 || folder >= MOST || !names[folder]) return 0;
        if (snprintf(to, LONGEST, "%s/%s", names[folder], name) >= LONGEST) return 0;
    }
    return is_under(to);
}

static void raw_write(const void *data, size_t length) {
    while (length) {
        ssize_t done = syscall(SYS_write, logged, data, length);
        if (done <= 0) return;
        data = (const char *)data + done; length -= (size_t)done;
    }
}

/* A row of the log: what, where, whereto, at which byte, and what was written. */
static void note(char what, const char *name, const char *other, uint64_t offset, const void *data, uint32_t length) {
    if (logged < 0) return;
    struct __attribute__((packed)) { char what; uint32_t name, other; uint64_t offset; uint32_t length; } head =
        {what, (uint32_t)strlen(name), (uint32_t)strlen(other), offset, data ? length : 0};
    raw_write(&head, sizeof head); raw_write(name, head.name); raw_write(other, head.other);
    if (data) raw_write(data, length);
}

/* Returns 0 to go on, 1 to fail with errno set, 2 to write a part only and 3 to do so and end. */
static int fault(unsigned call) {
    if (!root_length || !(wanted & call)) return 0;
    long number = ++*counted;
    if (action == COUNT || number < point || (number > point && action != FAIL_ON)) return 0;
    switch (action) {
    case KILL: syscall(SYS_kill, getpid(), SIGKILL); for (;;) pause();
    case TEAR: if (call == WRITE) return 3; syscall(SYS_kill, getpid(), SIGKILL); for (;;) pause();
    case SHORT: return call == WRITE ? 2 : 0;
    case INTERRUPT: errno = EINTR; return call == WRITE || call == READ || call == OPEN;
    default: errno = code; return 1;
    }
}

static const char *name_of(int fd) { return root_length && fd >= 0 && fd < MOST ? names[fd] : NULL; }

static void track(int fd, const char *name) {
    if (fd < 0 || fd >= MOST) return;
    free(names[fd]);
    names[fd] = name ? strdup(name) : NULL;
}

static int open_any(int folder, const char *path, int flags, mode_t mode) {
    char name[LONGEST];
    int ours = whole(folder, path, name);
    struct stat found;
    int makes = ours && (flags & O_CREAT) && syscall(SYS_newfstatat, AT_FDCWD, name, &found, AT_SYMLINK_NOFOLLOW) < 0;
    if (ours && (fault(OPEN) || (makes && fault(CREATE)))) return -1;
    int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (fd >= 0) track(fd, ours ? name : NULL);
    if (fd >= 0 && makes) note('c', name, "", 0, NULL, 0);
    else if (fd >= 0 && ours && (flags & O_TRUNC)) note('t', name, "", 0, NULL, 0);
    return fd;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, mode_t); va_end(a); }
int open(const char *path, int flags, ...) { MODE return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_any(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return open_any(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return open_any(at, path, flags, mode); }

int close(int fd) {
    if (fd >= 0 && fd < MOST && names[fd]) track(fd, NULL);
    return (int)syscall(SYS_close, fd);
}

static uint64_t place_of(int fd) {
    if (fcntl(fd, F_GETFL) & O_APPEND) { struct stat s; return fstat(fd, &s) ? 0 : (uint64_t)s.st_size; }
    return (uint64_t)lseek(fd, 0, SEEK_CUR);
}

static ssize_t write_any(int fd, const void *data, size_t length, off_t offset) {
    const char *name = name_of(fd);
    if (!name) {
        if (fd == 1 && logged >= 0) note('a', "", "", 0, data, (uint32_t)length);
        return offset < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, offset);
    }
    int how = fault(WRITE);
    if (how == 1) return -1;
    if (how > 1) length = length > 1 ? length / 2 : length;
    uint64_t place = offset < 0 ? place_of(fd) : (uint64_t)offset;
    ssize_t done = offset < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, offset);
    if (done > 0) note('w', name, "", place, data, (uint32_t)done);
    if (how == 3) { syscall(SYS_kill, getpid(), SIGKILL); for (;;) pause(); }
    return done;
}

ssize_t write(int fd, const void *data, size_t length) { return write_any(fd, data, length, -1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return write_any(fd, data, length, at); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return write_any(fd, data, length, at); }
/* Whoever copies inside the kernel is made to copy by hand, where it can be seen. */
ssize_t sendfile(int out, int in, off_t *at, size_t n) { REAL(sendfile); if (name_of(out)) { errno = ENOSYS; return -1; } return real(out, in, at, n); }
ssize_t sendfile64(int out, int in, off64_t *at, size_t n) { REAL(sendfile64); if (name_of(out)) { errno = ENOSYS; return -1; } return real(out, in, at, n); }

ssize_t read(int fd, void *to, size_t length) {
    if (name_of(fd) && fault(READ)) return -1;
    return syscall(SYS_read, fd, to, length);
}
ssize_t pread(int fd, void *to, size_t length, off_t at) {
    if (name_of(fd) && fault(READ)) return -1;
    return syscall(SYS_pread64, fd, to, length, at);
}
ssize_t pread64(int fd, void *to, size_t length, off64_t at) { return pread(fd, to, length, at); }

static int sync_any(int fd, int whole_file) {
    const char *name = name_of(fd);
    if (name && fault(SYNC)) return -1;
    if (name && logged >= 0) { note('s', name, "", 0, NULL, 0); return 0; }  /* the log stands for the disk */
    return (int)syscall(whole_file ? SYS_fsync : SYS_fdatasync, fd);
}
int fsync(int fd) { return sync_any(fd, 1); }
int fdatasync(int fd) { return sync_any(fd, 0); }

static int cut_any(int fd, off_t length) {
    const char *name = name_of(fd);
    if (name && fault(CUT)) return -1;
    int done = (int)syscall(SYS_ftruncate, fd, length);
    if (name && !done) note('l', name, "", (uint64_t)length, NULL, 0);
    return done;
}
int ftruncate(int fd, off_t length) { return cut_any(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut_any(fd, length); }

static int rename_any(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    char a[LONGEST], b[LONGEST];
    int ours = whole(from_at, from, a) & whole(to_at, to, b);
    if (ours && fault(RENAME)) return -1;
    int done = (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    if (!ours || done) return done;
    note('r', a, b, flags, NULL, 0);
    for (int fd = 0; fd < MOST; fd++) if (names[fd] && !strcmp(names[fd], a)) track(fd, b);
    return 0;
}
int rename(const char *from, const char *to) { return rename_any(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return rename_any(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return rename_any(a, from, b, to, flags); }

static int unlink_any(int at, const char *path, int flags) {
    char name[LONGEST];
    int ours = whole(at, path, name);
    if (ours && fault(UNLINK)) return -1;
    int done = (int)syscall(SYS_unlinkat, at, path, flags);
    if (ours && !done) note('u', name, "", 0, NULL, 0);
    return done;
}
int unlink(const char *path) { return unlink_any(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return unlink_any(at, path, flags); }
int rmdir(const char *path) { return unlink_any(AT_FDCWD, path, AT_REMOVEDIR); }

static int mkdir_any(int at, const char *path, mode_t mode) {
    char name[LONGEST];
    int ours = whole(at, path, name);
    if (ours && fault(MKDIR)) return -1;
    int done = (int)syscall(SYS_mkdirat, at, path, mode);
    if (ours && !done) note('m', name, "", 0, NULL, 0);
    return done;
}
int mkdir(const char *path, mode_t mode) { return mkdir_any(AT_FDCWD, path, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return mkdir_any(at, path, mode); }

int clock_gettime(clockid_t id, struct timespec *at) {
    int done = (int)syscall(SYS_clock_gettime, id, at);
    if (!done && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) at->tv_sec += shift();
    return done;
}
int gettimeofday(struct timeval *at, void *zone) {
    (void)zone;
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    at->tv_sec = now.tv_sec; at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = now.tv_sec;
    return now.tv_sec;
}
