// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.lemma.kit.run.Problem;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The sources of a configuration laid over one another: files in order, then the command line.
 * Knows for each key which source had the last word.
 */
final class Layers {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\??[A-Za-z0-9_.]+}");

  private final List<String> files;
  private final Map<String, String> environment;
  private final Faults faults;
  private final Origins origins;
  private Config merged = ConfigFactory.empty();
  private boolean complete = true;

  private Layers(List<String> files, Map<String, String> environment, Faults faults) {
    this.files = files;
    this.environment = environment;
    this.faults = faults;
    this.origins = new Origins(files);
  }

  /** Reads all sources; what cannot be read is reported and left out. */
  static Layers read(
      List<String> files,
      List<String> assignments,
      Map<String, String> environment,
      Shape.Block schema,
      Faults faults) {
    Layers layers = new Layers(files, environment, faults);
    for (int layer = 0; layer < files.size(); layer++) {
      layers.addFile(layer);
    }
    layers.addAssignments(assignments, schema);
    layers.resolve();
    return layers;
  }

  /** All values, the later sources over the earlier. */
  ConfigObject root() {
    return merged.root();
  }

  Origins origins() {
    return origins;
  }

  /** Whether every source could be read, so that a key that is not there was not given. */
  boolean complete() {
    return complete;
  }

  private void addFile(int layer) {
    String name = files.get(layer);
    File file = new File(name);
    Origin place = new Origin(layer, name, 0, "");
    if (!file.isFile() || !file.canRead()) {
      boolean there = file.exists();
      String what = there ? "is no file that can be read" : "no such file";
      fail(place, Problem.of("--config " + name, what, "name a HOCON file of this machine"));
      return;
    }
    try {
      Config parsed =
          ConfigFactory.parseFile(file, ConfigParseOptions.defaults().setAllowMissing(false));
      origins.note(parsed.root(), layer);
      merged = parsed.withFallback(merged);
    } catch (ConfigException fault) {
      Origin where = origins.of(fault.origin(), layer);
      fail(
          where,
          Problem.of(
              where.toString(),
              Syntax.describe(fault),
              "write KEY = VALUE or KEY { ... }, other text than words and paths in quotes"));
    }
  }

  private void addAssignments(List<String> words, Shape.Block schema) {
    String previous = "";
    for (String each : words) {
      origins.nextWord();
      int equals = each.indexOf('=');
      if (equals <= 0) {
        String shown = Redaction.isSecret(previous) ? Redaction.MASK : Redaction.maskText(each);
        fail(
            origins.commandLine(),
            Problem.of(
                Assignment.PLACE,
                "\"" + shown + "\" is not of the form KEY=VALUE",
                "write KEY=VALUE"));
      } else {
        addAssignment(each.substring(0, equals).trim(), each.substring(equals + 1), schema);
      }
      previous = each;
    }
  }

  private void addAssignment(String key, String text, Shape.Block schema) {
    List<String> path;
    try {
      path = Assignment.path(key, schema);
    } catch (ConfigException malformed) {
      fail(
          origins.commandLine(),
          Problem.of(
              Assignment.PLACE, "malformed key \"" + key + "\"", "write names with dots between"));
      return;
    }
    Assignment assignment = new Assignment(path, Assignment.value(text));
    refuseSecrets(String.join(".", path), assignment.value());
    ConfigObject tree = assignment.tree();
    origins.note(tree, files.size());
    merged = tree.toConfig().withFallback(merged);
  }

  /** The command line can be read by everyone on the machine and ends up in Spark's event log. */
  private void refuseSecrets(String path, ConfigValue value) {
    if (value instanceof ConfigObject block) {
      block.forEach((name, each) -> refuseSecrets(path + "." + name, each));
      return;
    }
    boolean resolved = isResolved(value);
    String text = resolved ? Values.text(value) : value.render(ConfigRenderOptions.concise());
    boolean harmless =
        resolved ? value.valueType() == ConfigValueType.NULL : REFERENCE.matcher(text).matches();
    if (!harmless && (Redaction.isSecret(path) || Redaction.holdsSecret(text))) {
      faults.add(
          path,
          origins.commandLine(),
          "a secret on the command line is seen by everyone on the machine",
          "",
          "",
          "put "
              + path.substring(path.lastIndexOf('.') + 1)
              + " = ${?NAME} into a --config file and set the environment variable NAME");
    }
  }

  private void resolve() {
    try {
      merged =
          merged.resolve(
              ConfigResolveOptions.noSystem()
                  .setAllowUnresolved(true)
                  .appendResolver(new Environment(environment)));
      reportUnresolved("", merged.root());
    } catch (ConfigException fault) {
      Origin where = origins.of(fault.origin(), 0);
      boolean circle = fault instanceof ConfigException.UnresolvedSubstitution;
      fail(
          where,
          Problem.of(
              where.toString(),
              circle
                  ? "substitutions ${...} refer to each other in a circle"
                  : "a substitution ${...} does not fit the text, list or block that it is part of",
              "correct the substitution"));
      merged = ConfigFactory.empty();
    }
  }

  private void reportUnresolved(String path, ConfigValue value) {
    if (value instanceof ConfigObject block) {
      block.forEach((name, each) -> reportUnresolved(child(path, name), each));
    } else if (!isResolved(value)) {
      String names = Origins.substitutions(value);
      complete = false;
      Origin noted = origins.of(path, value);
      faults.add(
          path,
          new Origin(noted.layer(), noted.place(), noted.line(), ""),
          "no key and no environment variable is called " + names,
          "",
          "",
          "set it, or write ${?...} if it may be absent");
    }
  }

  static boolean isResolved(ConfigValue value) {
    try {
      if (value.valueType() != ConfigValueType.OBJECT) {
        value.unwrapped();
      }
      return true;
    } catch (ConfigException.NotResolved unresolved) {
      return false;
    }
  }

  private void fail(Origin origin, Problem problem) {
    complete = false;
    faults.add(origin, problem);
  }

  static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Looks a name up among the environment variables and says so in the value's origin. */
  private record Environment(Map<String, String> variables) implements ConfigResolver {
    @Override
    public ConfigValue lookup(String path) {
      return Optional.ofNullable(variables.get(path))
          .map(text -> ConfigValueFactory.fromAnyRef(text, Origins.ENVIRONMENT + path))
          .orElse(null);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
