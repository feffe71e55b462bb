// Imports of the command from its host: fourteen functions of WASI preview 1, declared by hand (the types of
// https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md; pointers and sizes are i32, every result is an errno).

// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "args_sizes_get")
export declare function args_sizes_get(count: usize, bytes: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "args_get")
export declare function args_get(pointers: usize, text: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_read")
declare function fd_read(fd: i32, buffers: usize, count: i32, got: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_write")
declare function fd_write(fd: i32, buffers: usize, count: i32, written: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_sync")
export declare function fd_sync(fd: i32): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_close")
export declare function fd_close(fd: i32): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_filestat_get")
export declare function fd_filestat_get(fd: i32, stat: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_prestat_get")
export declare function fd_prestat_get(fd: i32, prestat: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_prestat_dir_name")
export declare function fd_prestat_dir_name(fd: i32, path: usize, length: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_open")
export declare function path_open(folder: i32, lookup: i32, path: usize, length: usize, how: i32, rights: u64, inherited: u64, flags: i32, fd: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_rename")
export declare function path_rename(folder: i32, from: usize, fromLength: usize, toFolder: i32, to: usize, toLength: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_unlink_file")
export declare function path_unlink_file(folder: i32, path: usize, length: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "poll_oneoff")
declare function poll_oneoff(subscriptions: usize, events: usize, count: i32, happened: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "proc_exit")
declare function proc_exit(code: i32): void;

export const EACCES: i32 = 2;
const EAGAIN: i32 = 6;
const EINTR: i32 = 27;
export const EISDIR: i32 = 31;
export const ENOENT: i32 = 44;
export const ENOSPC: i32 = 51;
export const ENOTDIR: i32 = 54;
export const EPERM: i32 = 63;
export const EPIPE: i32 = 64;
export const EROFS: i32 = 69;
export const ENOTCAPABLE: i32 = 76;

/** One buffer for the host (address, bytes), and the number it answers with. */
const VECTOR: usize = memory.data(16, 8);
const ANSWER: usize = VECTOR + 8;
/** A subscription of 48 bytes, the event of 32 that answers it. */
const SUBSCRIPTION: usize = memory.data(80, 8);
const FD_READ: u8 = 1;

/** Reads up to `length` bytes, at least one where there are any to come: their number, 0 at the end, or -errno. */
export function read(fd: i32, at: usize, length: i32): i32 {
  let errno = EINTR;
  while (errno == EINTR || errno == EAGAIN) {
    store<usize>(VECTOR, at);
    store<i32>(VECTOR, length, 4);
    errno = fd_read(fd, VECTOR, 1, ANSWER);
    if (errno == EAGAIN) {
      // a terminal that somebody has set to non-blocking: sleep until there is something
      store<u8>(SUBSCRIPTION, FD_READ, 8);
      store<i32>(SUBSCRIPTION, fd, 16);
      const failed = poll_oneoff(SUBSCRIPTION, SUBSCRIPTION + 48, 1, ANSWER);
      if (failed != 0) return -failed;
    }
  }
  return errno == 0 ? load<i32>(ANSWER) : -errno;
}

/** All `length` bytes, unless the file ends: how many there were, or -errno. */
export function readFully(fd: i32, at: usize, length: i32): i32 {
  let done = 0;
  while (done < length) {
    const got = read(fd, at + done, length - done);
    if (got < 0) return got;
    if (got == 0) break;
    done += got;
  }
  return done;
}

/** Writes all of it; 0 or an errno. */
export function write(fd: i32, at: usize, length: i32): i32 {
  while (length > 0) {
    store<usize>(VECTOR, at);
    store<i32>(VECTOR, length, 4);
    const errno = fd_write(fd, VECTOR, 1, ANSWER);
    if (errno == 0) {
      const written = load<i32>(ANSWER);
      at += written;
      length -= written;
    } else if (errno != EINTR && errno != EAGAIN) return errno;
  }
  return 0;
}

/** Does not return. */
export function exit(code: i32): void {
  proc_exit(code);
  unreachable();
}
