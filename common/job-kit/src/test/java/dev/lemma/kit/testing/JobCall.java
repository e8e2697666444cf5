// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.JobRunner;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.RunMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What came of a job that ran in this process on the shared session.
 *
 * @param code how it ended
 * @param out what it wrote to stdout
 * @param err the lines that it wrote to stderr
 */
public record JobCall(ExitCode code, String out, List<String> err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs the job. */
  public static <C extends Record> JobCall of(Job<C> job, String... assignments) {
    return run(job, RunMode.RUN, assignments);
  }

  /** Tells what the job would do. */
  public static <C extends Record> JobCall dry(Job<C> job, String... assignments) {
    return run(job, RunMode.DRY_RUN, assignments);
  }

  /** Runs a job with these assignments of keys, as the command line takes them. */
  public static <C extends Record> JobCall run(Job<C> job, RunMode mode, String... assignments) {
    SharedSpark.session();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code;
    List<String> problems = new ArrayList<>();
    try {
      Bound<C> bound = ConfigLoader.of(List.of(), List.of(assignments)).load(job.configuration());
      code =
          JobRunner.run(
              job,
              bound.config(),
              bound.resolved(),
              mode,
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8));
    } catch (LemmaException e) {
      // The command line says these before any job begins.
      code = e.code();
      e.problems().stream().map(Problem::line).forEach(problems::add);
    }
    problems.addAll(0, err.toString(StandardCharsets.UTF_8).lines().toList());
    return new JobCall(code, out.toString(StandardCharsets.UTF_8), problems);
  }

  /** The last line on stderr; empty if there is none. */
  public String lastLine() {
    return err.isEmpty() ? "" : err.get(err.size() - 1);
  }

  /** The lines that begin as warnings do, without that beginning. */
  public List<String> warnings() {
    String beginning = ": warning: ";
    return err.stream()
        .filter(line -> line.contains(beginning))
        .map(line -> line.substring(line.indexOf(beginning) + beginning.length()))
        .toList();
  }

  /** The manifest beside the published output. */
  public static JsonNode manifest(Path output) {
    return json(output.resolve("_lemma/manifest.json"));
  }

  /** The manifest that the newest run left in its own folder; missing if there is none. */
  public static JsonNode lastRun(Path output) {
    Path runs = output.resolve("_lemma/runs");
    if (!Files.isDirectory(runs)) {
      return MissingNode.getInstance();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(folder -> json(folder.resolve("manifest.json")))
          .max(Comparator.comparing(manifest -> manifest.path("started").asText()))
          .orElse(MissingNode.getInstance());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file below a folder with its size and time of change, hidden ones too. */
  public static Map<String, String> tree(Path folder) {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        tree.put(
            folder.relativize(file).toString(),
            Files.isDirectory(file)
                ? "folder"
                : Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }
}
