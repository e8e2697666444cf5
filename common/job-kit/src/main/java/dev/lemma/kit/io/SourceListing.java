// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Counts files and bytes through Hadoop's file systems. */
final class SourceListing {
  private SourceListing() {}

  /** Everything at or below the paths that the pattern matches. */
  static SourceSize below(String pattern, Configuration hadoop) throws IOException {
    Path path = new Path(pattern);
    FileSystem files = path.getFileSystem(hadoop);
    FileStatus[] roots = files.globStatus(path);
    if (roots == null || roots.length == 0) {
      throw new FileNotFoundException(pattern);
    }
    long count = 0;
    long bytes = 0;
    Deque<FileStatus> open = new ArrayDeque<>();
    for (FileStatus root : roots) {
      open.push(root);
      while (!open.isEmpty()) {
        FileStatus status = open.pop();
        if (status.isDirectory()) {
          for (FileStatus child : files.listStatus(status.getPath())) {
            if (!isHidden(child.getPath().getName())) {
              open.push(child);
            }
          }
        } else {
          count++;
          bytes += status.getLen();
        }
      }
    }
    return new SourceSize(count, bytes);
  }

  /** The files themselves, as Spark names them. */
  static SourceSize of(String[] names, Configuration hadoop) throws IOException {
    long bytes = 0;
    for (String name : names) {
      Path path = new Path(java.net.URI.create(name));
      bytes += path.getFileSystem(hadoop).getFileStatus(path).getLen();
    }
    return new SourceSize(names.length, bytes);
  }

  /** Also files that Hadoop's shell is still copying. */
  private static boolean isHidden(String name) {
    return HiddenName.matches(name) || name.endsWith("._COPYING_");
  }
}
