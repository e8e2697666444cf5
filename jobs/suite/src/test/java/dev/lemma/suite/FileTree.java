// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders as tests compare them. */
final class FileTree {
  private FileTree() {}

  /** SHA-256 of every file below the folder, by its path. */
  static SortedMap<String, String> of(Path folder) throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    for (Path file : files(folder)) {
      tree.put(folder.relativize(file).toString(), sha256(Files.readAllBytes(file)));
    }
    return tree;
  }

  /** The published output: without what single runs noted of themselves. */
  static SortedMap<String, String> published(Path output) throws IOException {
    SortedMap<String, String> tree = of(output);
    tree.keySet().removeIf(file -> file.startsWith("_lemma/runs/"));
    return tree;
  }

  /** The files below the folder that hold a text anywhere. */
  static List<Path> holding(String text, Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files(folder)) {
      if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
        found.add(file);
      }
    }
    return found;
  }

  /** Names of what lies in a folder; empty when there is none. */
  static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : Stream.of(names).sorted().toList();
  }

  /** The files below the folder, sorted. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
