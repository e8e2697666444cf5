// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, but permissions are set by Java. Hadoop without its native library
 * starts the process {@code chmod} for them, twice for each file that Spark writes (thousands in
 * the tests of one module).
 */
public final class NativelessFileSystem extends LocalFileSystem {
  /** Found by Hadoop under {@code fs.file.impl}. */
  public NativelessFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      File file = pathToFile(path);
      Files.setPosixFilePermissions(file.toPath(), permissions(permission.toShort()));
    }
  }

  /** The nine lowest bits, from execution by others up to reading by the owner. */
  private static Set<PosixFilePermission> permissions(int bits) {
    PosixFilePermission[] all = PosixFilePermission.values();
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : all) {
      // Declared in the order of rwxrwxrwx.
      if ((bits >> (all.length - 1 - permission.ordinal()) & 1) == 1) {
        set.add(permission);
      }
    }
    return set;
  }
}
