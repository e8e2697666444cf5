// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * How much lies at a source, found without reading its data.
 *
 * @param files number of data files, at least 0
 * @param bytes their bytes as stored, at least 0
 */
public record SourceSize(long files, long bytes) {
  private static final SourceSize NOTHING = new SourceSize(0, 0);

  /** Refuses negative counts. */
  public SourceSize {
    if (files < 0 || bytes < 0) {
      throw new IllegalArgumentException("negative size: " + files + " files, " + bytes + " bytes");
    }
  }

  /**
   * Measures a path or pattern by listing it, leaving out what Spark leaves out (see {@link
   * HiddenName}). Nothing there counts as no files.
   */
  public static SourceSize below(String pattern, Configuration hadoop) throws IOException {
    Path path = new Path(pattern);
    Storage storage = Storage.of(path, hadoop, (change, place) -> {});
    SourceSize size = NOTHING;
    for (Path match : storage.matches(path)) {
      var status = storage.status(match);
      if (status.isPresent()) {
        size = size.plus(below(storage, status.get()));
      }
    }
    return size;
  }

  private static SourceSize below(Storage storage, FileStatus status) throws IOException {
    if (!status.isDirectory()) {
      return new SourceSize(1, status.getLen());
    }
    SourceSize size = NOTHING;
    for (FileStatus entry : storage.list(status.getPath())) {
      if (!isHidden(entry.getPath().getName())) {
        size = size.plus(below(storage, entry));
      }
    }
    return size;
  }

  /** The files themselves, as Spark names them. */
  static SourceSize of(String[] names, Configuration hadoop) throws IOException {
    long bytes = 0;
    for (String name : names) {
      Path path = new Path(URI.create(name));
      bytes += path.getFileSystem(hadoop).getFileStatus(path).getLen();
    }
    return new SourceSize(names.length, bytes);
  }

  private SourceSize plus(SourceSize other) {
    return new SourceSize(files + other.files, bytes + other.bytes);
  }

  /** Also files that Hadoop's shell is still copying. */
  private static boolean isHidden(String name) {
    return HiddenName.matches(name) || name.endsWith("._COPYING_");
  }
}
