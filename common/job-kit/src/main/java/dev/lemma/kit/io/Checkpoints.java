// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Small files of a run's checkpoint. A file is there whole or not at all, where renames are atomic:
 * a run killed while it writes leaves the one before.
 */
public final class Checkpoints {
  private final Storage storage;
  private final Path folder;

  private Checkpoints(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /**
   * The checkpoint in a folder, which need not exist.
   *
   * @param folder see {@link Publication#checkpointPath}
   */
  public static Checkpoints in(String folder, Configuration configuration) throws IOException {
    Path path = new Path(folder);
    Storage storage = Storage.of(path, configuration, (change, at) -> {});
    return new Checkpoints(storage, storage.qualified(path));
  }

  /** Where it lies, for messages. */
  public String path() {
    return folder.toString();
  }

  /** Writes a file or replaces it. */
  public void write(String name, byte[] content) throws IOException {
    storage.replace(new Path(folder, name), content);
  }

  /** The content of a file, empty where there is none. */
  public Optional<byte[]> read(String name) throws IOException {
    return storage.read(new Path(folder, name));
  }

  /** Names of the files, ascending. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus file : storage.list(folder)) {
      if (!file.getPath().getName().startsWith(".")) {
        names.add(file.getPath().getName());
      }
    }
    return names;
  }

  /** Removes all of it. */
  public void clear() throws IOException {
    storage.delete(folder);
  }
}
