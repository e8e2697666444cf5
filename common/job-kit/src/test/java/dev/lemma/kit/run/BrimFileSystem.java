// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * Local files under the scheme {@code brim}, on a disk that fills up, has room again when files are
 * deleted, or refuses changes.
 */
public final class BrimFileSystem extends RawLocalFileSystem {
  private static final AtomicLong ROOM = new AtomicLong(Long.MAX_VALUE);
  private static volatile Predicate<String> refused = change -> false;

  /** Sets how many bytes can still be written. */
  static void room(long bytes) {
    ROOM.set(bytes);
  }

  /** Sets which changes fail, told as {@code delete PATH} or {@code rename PATH}. */
  static void refuse(Predicate<String> changes) {
    refused = changes;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    check("delete " + path);
    long freed = exists(path) ? getContentSummary(path).getLength() : 0;
    boolean deleted = super.delete(path, recursive);
    ROOM.accumulateAndGet(freed, (room, more) -> room + Math.min(more, Long.MAX_VALUE - room));
    return deleted;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    check("rename " + from);
    return super.rename(from, to);
  }

  private static void check(String change) throws IOException {
    if (refused.test(change)) {
      throw new IOException("the store refuses");
    }
  }

  @Override
  public String getScheme() {
    return "brim";
  }

  @Override
  public URI getUri() {
    return URI.create("brim:///");
  }

  /** What all other ways to create a file come to. */
  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return filling(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream filling(OutputStream file) throws IOException {
    OutputStream limited =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            if (ROOM.addAndGet(-length) < 0) {
              // As much of it as fitted has filled the disk.
              ROOM.set(0);
              throw new IOException("No space left on device");
            }
            file.write(bytes, offset, length);
          }

          @Override
          public void flush() throws IOException {
            file.flush();
          }

          @Override
          public void close() throws IOException {
            file.close();
          }
        };
    return new FSDataOutputStream(limited, null);
  }
}
