// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * The few operations on a file system that publishing rests on, each with one meaning on every file
 * system.
 *
 * <p>Renaming goes through {@link FileContext}, because {@code FileSystem.rename} moves a folder
 * <em>into</em> an existing target and answers true. On the local file system the small files of
 * our own (leases, journals, manifests) go through {@code java.nio}: there Hadoop's exclusive
 * create is a check followed by a write, its overwriting rename a delete followed by a rename, and
 * each file leaves a checksum file behind.
 *
 * <p>Where a scheme has no {@link FileContext}, and on object stores, where a rename is a copy,
 * moves are not atomic; the order of the steps (manifest last) is then all that is promised.
 */
final class Storage {
  /** Told of each change before it is made; tests stop a run there. */
  @FunctionalInterface
  interface Probe {
    /** May throw to stop the change. */
    void before(String change, Path path) throws IOException;
  }

  private final FileSystem files;
  private final Optional<FileContext> context;
  private final boolean local;
  private final Probe probe;

  private Storage(FileSystem files, Optional<FileContext> context, Probe probe) {
    this.files = files;
    this.context = context;
    this.local = files instanceof LocalFileSystem;
    this.probe = probe;
  }

  /** The storage that holds the path. */
  static Storage of(Path path, Configuration configuration, Probe probe) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    Optional<FileContext> context = Optional.empty();
    if (files instanceof LocalFileSystem) {
      return new Storage(files, context, probe);
    }
    try {
      context = Optional.of(FileContext.getFileContext(files.getUri(), configuration));
    } catch (UnsupportedFileSystemException e) {
      // Renames then go through FileSystem, behind a check that the name is free.
      return new Storage(files, context, probe);
    }
    return new Storage(files, context, probe);
  }

  /** Absolute, with scheme and authority, without dots and doubled slashes. */
  Path qualified(Path path) {
    return files.makeQualified(path);
  }

  boolean exists(Path path) throws IOException {
    return files.exists(path);
  }

  boolean isDirectory(Path path) throws IOException {
    return status(path).map(FileStatus::isDirectory).orElse(false);
  }

  Optional<FileStatus> status(Path path) throws IOException {
    try {
      return Optional.of(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The nearest thing above a path that exists, if it is a file: nothing can be written below. */
  Optional<Path> fileAbove(Path path) throws IOException {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      Optional<FileStatus> status = statusBelowAnything(above);
      if (status.isPresent()) {
        return status.filter(found -> !found.isDirectory()).map(FileStatus::getPath);
      }
    }
    return Optional.empty();
  }

  private Optional<FileStatus> statusBelowAnything(Path path) throws IOException {
    try {
      return status(path);
    } catch (ParentNotDirectoryException e) {
      // HDFS says so of a name below a file, where others say that nothing is there.
      return Optional.empty();
    }
  }

  /** What lies in a folder, by name; nothing when it is not there. */
  List<FileStatus> list(Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> entries = files.listStatusIterator(folder);
      while (entries.hasNext()) {
        found.add(entries.next());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    found.sort(Comparator.comparing(status -> status.getPath().getName()));
    return found;
  }

  /** Expands a pattern; a path that is none, or that matches nothing, gives itself. */
  List<Path> matches(Path pattern) throws IOException {
    FileStatus[] found = files.globStatus(pattern);
    if (found == null || found.length == 0) {
      return List.of(qualified(pattern));
    }
    List<Path> paths = new ArrayList<>();
    for (FileStatus status : found) {
      paths.add(status.getPath());
    }
    return paths;
  }

  /** Bytes of all files below a folder. */
  long bytes(Path folder) throws IOException {
    return files.getContentSummary(folder).getLength();
  }

  void makeDirectories(Path folder) throws IOException {
    if (isDirectory(folder)) {
      return;
    }
    probe.before("mkdirs", folder);
    if (local) {
      Files.createDirectories(nio(folder));
    } else if (!files.mkdirs(folder)) {
      throw new IOException("cannot create folder " + folder);
    }
  }

  /**
   * Moves a file or a folder to a name that is free, creating the parent.
   *
   * @throws FileAlreadyExistsException if the name is taken
   */
  void move(Path from, Path to) throws IOException {
    makeDirectories(to.getParent());
    probe.before("move", from);
    if (local) {
      moveLocally(nio(from), nio(to));
      return;
    }
    if (context.isPresent()) {
      context.get().rename(from, to);
      return;
    }
    if (exists(to)) {
      throw new FileAlreadyExistsException(to + " exists");
    }
    if (!files.rename(from, to)) {
      throw new IOException("cannot rename " + from + " to " + to);
    }
  }

  /** Hadoop's own starts a process or two for each file, and Spark may write thousands. */
  private static void moveLocally(java.nio.file.Path from, java.nio.file.Path to)
      throws IOException {
    try {
      Files.move(from, to);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(to + " exists");
    }
    java.nio.file.Path sum = checksum(from);
    if (Files.exists(sum)) {
      Files.move(sum, checksum(to), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static java.nio.file.Path checksum(java.nio.file.Path file) {
    return file.resolveSibling("." + file.getFileName() + ".crc");
  }

  /** Removes a file or a folder with all it holds; nothing when it is not there. */
  void delete(Path path) throws IOException {
    if (!exists(path)) {
      return;
    }
    probe.before("delete", path);
    if (!files.delete(path, true) && exists(path)) {
      throw new IOException("cannot delete " + path);
    }
  }

  /**
   * Writes a file that must not be there; of two that try, one wins.
   *
   * @throws FileAlreadyExistsException if it is there
   */
  void createNew(Path path, byte[] content) throws IOException {
    makeDirectories(path.getParent());
    probe.before("create", path);
    if (local) {
      try {
        Files.write(nio(path), content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (java.nio.file.FileAlreadyExistsException e) {
        throw new FileAlreadyExistsException(path + " exists");
      }
      return;
    }
    write(path, content, false);
  }

  /** Writes a file so that readers find the old content or the new, where renames are atomic. */
  void replace(Path path, byte[] content) throws IOException {
    makeDirectories(path.getParent());
    if (!local && context.isEmpty()) {
      probe.before("replace", path);
      write(path, content, true);
      return;
    }
    Path draft = draft(path);
    probe.before("draft", path);
    try {
      if (local) {
        Files.write(nio(draft), content);
      } else {
        write(draft, content, true);
      }
    } catch (IOException e) {
      discard(draft, e);
      throw e;
    }
    probe.before("replace", path);
    if (local) {
      Files.move(nio(draft), nio(path), StandardCopyOption.ATOMIC_MOVE);
    } else {
      context.orElseThrow().rename(draft, path, Rename.OVERWRITE);
    }
  }

  /** A disk that fills up leaves half a draft. */
  private void discard(Path draft, IOException reason) {
    try {
      files.delete(draft, false);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Removes what a writer that died in {@link #replace} left beside the file. */
  void deleteDraft(Path path) throws IOException {
    delete(draft(path));
  }

  private static Path draft(Path path) {
    return new Path(path.getParent(), "." + hidden(path.getName()) + ".tmp");
  }

  /** The content of a small file, or empty when it is not there. */
  Optional<byte[]> read(Path path) throws IOException {
    if (local) {
      try {
        return Optional.of(Files.readAllBytes(nio(path)));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
    try (FSDataInputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private void write(Path path, byte[] content, boolean overwrite) throws IOException {
    try (FSDataOutputStream out = files.create(path, overwrite)) {
      out.write(content);
    }
  }

  /** Names of ours that begin with a dot already keep a single one. */
  private static String hidden(String name) {
    return name.startsWith(".") ? name.substring(1) : name;
  }

  private static java.nio.file.Path nio(Path path) {
    return Paths.get(path.toUri().getPath());
  }
}
