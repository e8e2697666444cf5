// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * How large an input is.
 *
 * @param path as configured
 * @param files data files
 * @param bytes their sizes together
 */
public record InputFiles(String path, long files, long bytes) {
  /**
   * Measures a path or pattern by listing it, leaving out what Spark leaves out (see {@link
   * HiddenName}). Nothing there counts as no files.
   */
  public static InputFiles of(String path, Configuration configuration) throws IOException {
    Path pattern = new Path(path);
    Storage storage = Storage.of(pattern, configuration, (change, place) -> {});
    long[] sums = new long[2];
    for (Path match : storage.matches(pattern)) {
      var status = storage.status(match);
      if (status.isPresent()) {
        add(storage, status.get(), sums);
      }
    }
    return new InputFiles(path, sums[0], sums[1]);
  }

  private static void add(Storage storage, FileStatus status, long[] sums) throws IOException {
    if (!status.isDirectory()) {
      sums[0]++;
      sums[1] += status.getLen();
      return;
    }
    for (FileStatus entry : storage.list(status.getPath())) {
      String name = entry.getPath().getName();
      if (!HiddenName.matches(name)) {
        add(storage, entry, sums);
      }
    }
  }
}
