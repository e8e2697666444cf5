// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads configurations: fallbacks of the record, then {@code --config} files in order, then {@code
 * KEY=VALUE} words, each over what came before. Needs no Spark and writes nothing.
 */
public final class ConfigLoader {
  private final List<String> files;
  private final List<String> assignments;
  private final Map<String, String> environment;

  private ConfigLoader(
      List<String> files, List<String> assignments, Map<String, String> environment) {
    this.files = List.copyOf(files);
    this.assignments = List.copyOf(assignments);
    this.environment = Map.copyOf(environment);
  }

  /** Sources in the order of precedence, with the environment of this process. */
  public static ConfigLoader of(List<String> files, List<String> assignments) {
    return new ConfigLoader(files, assignments, System.getenv());
  }

  /** The same sources with other environment variables for {@code ${?NAME}}. */
  public ConfigLoader withEnvironment(Map<String, String> variables) {
    return new ConfigLoader(files, assignments, variables);
  }

  /**
   * Binds the sources to a record whose components carry {@link Key} or {@link Inline}.
   *
   * @throws LemmaException with {@link ExitCode#USAGE} and every problem found, in the order of the
   *     sources and their lines
   */
  public <C extends Record> Bound<C> load(Class<C> type) {
    Shape.Block schema = Shape.of(type);
    Faults faults = new Faults();
    Layers layers = Layers.read(files, assignments, environment, schema, faults);
    Binder binder = new Binder(layers, schema, faults);
    Optional<Object> config = binder.bind(schema);
    if (layers.complete()) {
      SharedRules.check(
          binder.block(InputConfig.class),
          binder.block(OutputConfig.class),
          binder.block(RunConfig.class),
          (key, what, remedy) ->
              faults.add(key, layers.origins().ofKey(key), what, "", "", remedy));
    }
    if (faults.size() > 0) {
      throw new LemmaException(ExitCode.USAGE, faults.problems());
    }
    return new Bound<>(type.cast(config.orElseThrow()), new Resolved(binder.entries()));
  }

  /** Every key of a record as help shows it, in the order of its components. */
  public static List<KeyDoc> keys(Class<? extends Record> type) {
    List<KeyDoc> keys = new ArrayList<>();
    KeyDocs.collect(Shape.of(type), keys);
    return keys;
  }
}
