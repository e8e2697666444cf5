// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.lemma.kit.run.Problem;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sources of a configuration laid over one another: files in order, then the command line.
 * Knows for each key which source had the last word.
 */
final class Layers {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??([^}]*)\\}");

  /** The last line of a value that several lines of a file make together. */
  private static final Pattern LINES = Pattern.compile(": \\d+-(\\d+)$");

  private static final String ENVIRONMENT = "environment";

  private final List<String> files;
  private final Map<String, String> environment;
  private final Faults faults;
  private final Map<String, Origin> origins = new HashMap<>();
  private Config merged = ConfigFactory.empty();
  private boolean complete = true;
  private int word;

  private Layers(List<String> files, Map<String, String> environment, Faults faults) {
    this.files = files;
    this.environment = environment;
    this.faults = faults;
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

  /** Whether every source could be read, so that a key that is not there was not given. */
  boolean complete() {
    return complete;
  }

  /** Where the value at a path came from. */
  Origin origin(String path, ConfigValue value) {
    ConfigOrigin own = value.origin();
    if (own.description().equals(Origin.DEFAULT.place())) {
      return Origin.DEFAULT;
    }
    Origin noted = origins.get(path);
    boolean fromEnvironment = own.description().contains(ENVIRONMENT + " ");
    if (noted != null && (noted.environment().isEmpty() || fromEnvironment)) {
      return noted;
    }
    if (own.lineNumber() > 0 && own.filename() != null) {
      return fileOrigin(own);
    }
    return noted != null ? noted : nearestAncestor(path);
  }

  /** Where the key was set last, or that it was set nowhere. */
  Origin originOf(String path) {
    return origins.getOrDefault(path, Origin.NOWHERE);
  }

  /** Of two values for one key, the one from the later source. */
  ConfigValue later(ConfigValue a, ConfigValue b) {
    return rank(b).compareTo(rank(a)) >= 0 ? b : a;
  }

  private Origin rank(ConfigValue value) {
    ConfigOrigin own = value.origin();
    if (own.filename() != null) {
      return fileOrigin(own);
    }
    return own.description().startsWith(Assignment.PLACE) ? commandLine() : Origin.DEFAULT;
  }

  private Origin nearestAncestor(String path) {
    for (int end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
      Origin origin = origins.get(path.substring(0, end));
      if (origin != null) {
        return origin;
      }
    }
    return commandLine();
  }

  private Origin fileOrigin(ConfigOrigin origin) {
    int layer = Math.max(0, files.lastIndexOf(origin.filename()));
    return new Origin(layer, origin.filename(), Math.max(0, origin.lineNumber()), "");
  }

  private Origin commandLine() {
    return new Origin(files.size(), Assignment.PLACE, word, "");
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
      note("", parsed.root(), layer);
      merged = parsed.withFallback(merged);
    } catch (ConfigException fault) {
      int line = fault.origin() == null ? 0 : Math.max(0, fault.origin().lineNumber());
      String source =
          fault.origin() == null || fault.origin().filename() == null
              ? name
              : fault.origin().filename();
      Origin where = new Origin(layer, source, line, "");
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
      word++;
      int equals = each.indexOf('=');
      if (equals <= 0) {
        String shown = Redaction.isSecret(previous) ? Redaction.MASK : Redaction.maskText(each);
        fail(
            commandLine(),
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
          commandLine(),
          Problem.of(
              Assignment.PLACE, "malformed key \"" + key + "\"", "write names with dots between"));
      return;
    }
    Assignment assignment = new Assignment(path, Assignment.value(text));
    refuseSecrets(String.join(".", path), assignment.value());
    ConfigObject tree = assignment.tree();
    note("", tree, files.size());
    merged = tree.toConfig().withFallback(merged);
  }

  /** The command line can be read by everyone on the machine and ends up in Spark's event log. */
  private void refuseSecrets(String path, ConfigValue value) {
    if (!isResolved(value)) {
      return;
    }
    if (value instanceof ConfigObject block) {
      block.forEach((name, each) -> refuseSecrets(path + "." + name, each));
      return;
    }
    if (value.valueType() == ConfigValueType.NULL) {
      return;
    }
    if (Redaction.isSecret(path) || Redaction.holdsSecret(Values.text(value))) {
      faults.add(
          path,
          commandLine(),
          "a secret on the command line is seen by everyone on the machine",
          "",
          "",
          "put "
              + path.substring(path.lastIndexOf('.') + 1)
              + " = ${?NAME} into a --config file and set the environment variable NAME");
    }
  }

  /** Remembers where each key of a source stands; later sources overwrite. */
  private void note(String path, ConfigValue value, int layer) {
    if (!path.isEmpty()) {
      boolean resolved = isResolved(value);
      origins.put(path, noted(value.origin(), layer, resolved ? "" : substitutions(value)));
    }
    if (value instanceof ConfigObject block) {
      try {
        block.forEach((name, each) -> note(child(path, name), each, layer));
      } catch (ConfigException.NotResolved delayed) {
        // Keys of a delayed object are known only after resolving; their own origins serve then.
        origins.keySet().removeIf(key -> key.startsWith(path + "."));
      }
    }
  }

  private Origin noted(ConfigOrigin own, int layer, String variables) {
    if (layer == files.size()) {
      return new Origin(layer, Assignment.PLACE, word, variables);
    }
    String place = own.filename() == null ? files.get(layer) : own.filename();
    Matcher merged = LINES.matcher(own.description());
    int line = merged.find() ? Integer.parseInt(merged.group(1)) : Math.max(0, own.lineNumber());
    return new Origin(layer, place, line, variables);
  }

  private static String substitutions(ConfigValue value) {
    TreeSet<String> names = new TreeSet<>();
    Matcher matcher = SUBSTITUTION.matcher(value.render(ConfigRenderOptions.concise()));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names.stream().collect(Collectors.joining(", "));
  }

  private void resolve() {
    try {
      merged =
          merged.resolve(
              ConfigResolveOptions.noSystem()
                  .setAllowUnresolved(true)
                  .appendResolver(new Environment(environment)));
      reportUnresolved("", merged.root());
    } catch (ConfigException cycle) {
      String place = cycle.origin() == null ? "" : cycle.origin().description();
      fail(
          new Origin(0, place, 0, ""),
          Problem.of(
              place, "substitutions ${...} refer to each other in a circle", "break the circle"));
      merged = ConfigFactory.empty();
    }
  }

  private void reportUnresolved(String path, ConfigValue value) {
    if (value instanceof ConfigObject block) {
      block.forEach((name, each) -> reportUnresolved(child(path, name), each));
    } else if (!isResolved(value)) {
      String names = substitutions(value);
      complete = false;
      Origin noted = origins.getOrDefault(path, commandLine());
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
          .map(text -> ConfigValueFactory.fromAnyRef(text, ENVIRONMENT + " " + path))
          .orElse(null);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
