// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A small file of a saved model, on whatever file system its folder lies. */
public final class StoredFile {
  private StoredFile() {}

  /**
   * Writes the file, in the place of one that is there.
   *
   * @throws UncheckedIOException if that fails
   */
  public static void write(Configuration hadoop, Path file, byte[] bytes) {
    try {
      FileSystem files = file.getFileSystem(hadoop);
      try (OutputStream out = files.create(file, true)) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the file whole.
   *
   * @throws UncheckedIOException if that fails
   */
  public static byte[] read(Configuration hadoop, Path file) {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
