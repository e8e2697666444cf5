// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final String CANARY = "hunter2";
  private static final String SOUND = "input.path = in\noutput.path = out\nrows = 100\n";

  @TempDir Path folder;

  private final List<String> files = new ArrayList<>();

  /** Writes a file and takes it as the next --config; messages call it by its bare name. */
  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    files.add(file.toString());
    return file.toString();
  }

  private Bound<SampleConfig> load(String... assignments) {
    return load(Map.of(), assignments);
  }

  private Bound<SampleConfig> load(Map<String, String> environment, String... assignments) {
    return ConfigLoader.of(files, List.of(assignments))
        .withEnvironment(environment)
        .load(SampleConfig.class);
  }

  private List<String> problems(String... assignments) {
    return problems(Map.of(), assignments);
  }

  private List<String> problems(Map<String, String> environment, String... assignments) {
    try {
      load(environment, assignments);
      return List.of();
    } catch (LemmaException refused) {
      assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
      return refused.problems().stream()
          .map(Problem::line)
          .map(line -> line.replace(folder + "/", ""))
          .toList();
    }
  }

  @Test
  void laterSourcesWin() throws IOException {
    file("a.conf", SOUND + "eps = 0.3\ndelta = 0.2\nseed = 1");
    file("b.conf", "delta = 0.1\nseed = 2");
    Bound<SampleConfig> bound = load("seed=3");
    assertThat(bound.config().target().eps()).isEqualTo(0.3);
    assertThat(bound.config().target().delta()).isEqualTo(0.1);
    assertThat(bound.config().run().seed()).isEqualTo(3);
    assertThat(bound.config().steps()).containsExactly(1, 2);
    assertThat(bound.resolved().origin("eps")).contains(files.get(0) + ":4");
    assertThat(bound.resolved().origin("delta")).contains(files.get(1) + ":1");
    assertThat(bound.resolved().origin("seed")).contains("command line");
    assertThat(bound.resolved().origin("steps")).contains("default");
    assertThat(bound.resolved().origin("nonsense")).isEmpty();
  }

  @Test
  void theLastWordOfTheCommandLineWins() {
    assertThat(load("input.path=a", "output.path=b", "rows=9", "rows=8").config().target().rows())
        .isEqualTo(8);
  }

  @Test
  void fallbacksOfABlockYieldToThoseOfItsUse() throws IOException {
    file("a.conf", SOUND);
    SampleConfig config = load().config();
    assertThat(config.output().mode()).isEqualTo(OutputMode.OVERWRITE);
    assertThat(config.run().precision()).isEqualTo(Precision.FLOAT);
    assertThat(load("precision=double", "output.mode=append").config().output().mode())
        .isEqualTo(OutputMode.APPEND);
  }

  @Test
  void environmentVariablesFillFiles() throws IOException {
    file("a.conf", SOUND + "eps = 0.3\neps = ${?EPS}\ninput.path = ${BASE}/in");
    Bound<SampleConfig> without = load(Map.of("BASE", "/data"));
    assertThat(without.config().target().eps()).isEqualTo(0.3);
    assertThat(without.config().input().path()).contains("/data/in");
    Bound<SampleConfig> with = load(Map.of("BASE", "/data", "EPS", "0.4"));
    assertThat(with.config().target().eps()).isEqualTo(0.4);
    assertThat(with.resolved().origin("eps").orElseThrow()).endsWith("from environment EPS");
    assertThat(with.resolved().origin("input.path"))
        .contains(files.get(0) + ":6 from environment BASE");
  }

  @Test
  void anAbsentOptionalVariableLeavesTheEarlierFileItsWord() throws IOException {
    file("a.conf", SOUND + "seed = 7");
    file("b.conf", "\n\nseed = ${?SEED}");
    Bound<SampleConfig> bound = load();
    assertThat(bound.config().run().seed()).isEqualTo(7);
    assertThat(bound.resolved().origin("seed")).contains(files.get(0) + ":4");
  }

  @Test
  void nullUnsetsAnOptionalKey() throws IOException {
    file("a.conf", SOUND + "threads = 4, columns.label = y");
    SampleConfig config = load("threads=null", "columns.label=null").config();
    assertThat(config.threads()).isEmpty();
    assertThat(config.columns().label()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/x,y",
        "s3a://bucket/a b",
        "/a//b",
        "/a#b",
        "C:\\data",
        "{a,b}/part-*",
        "[0-9]*.csv",
        "a=b",
        "x,path=y",
        "${"
      })
  void plainTextOnTheCommandLineStaysAsItIs(String text) {
    assertThat(load("input.path=" + text, "output.path=o", "rows=5").config().input().path())
        .contains(text);
  }

  @Test
  void structuresOnTheCommandLineAreHocon() {
    SampleConfig config =
        load(
                "input={format = csv, path = x, options { header = true }}",
                "output.path=\"q, r\"",
                "rows=5",
                "columns.features=[a,\"b c\"]",
                "columns.keep=single",
                "time-budget=10m",
                "spark.conf.spark.speculation=true",
                "spark.conf.spark.speculation.interval=5")
            .config();
    assertThat(config.input().options()).isEqualTo(Map.of("header", "true"));
    assertThat(config.output().path()).contains("q, r");
    assertThat(config.columns().features()).containsExactly("a", "b c");
    assertThat(config.columns().keep()).contains(List.of("single"));
    assertThat(config.timeBudget()).contains(Duration.ofMinutes(10));
    assertThat(config.run().sparkConf())
        .isEqualTo(Map.of("spark.speculation", "true", "spark.speculation.interval", "5"));
  }

  @Test
  void theCommandLineWinsOverFilesInDictionariesHoweverNested() throws IOException {
    file("a.conf", SOUND + "spark.conf { spark.sql.x = 1, \"spark.sql.y\" = 1, spark.z = 1 }");
    assertThat(
            load("spark.conf.spark.sql.x=2", "spark.conf.spark.sql.y=2").config().run().sparkConf())
        .isEqualTo(Map.of("spark.sql.x", "2", "spark.sql.y", "2", "spark.z", "1"));
  }

  @Test
  void fiveMistakesAreFiveLinesInTheOrderOfTheirPlaces() throws IOException {
    file(
        "job.conf",
        """
        input.path = in
        output { pth = out }
        rows = many
        kernel = fats
        """);
    assertThat(problems("eps=2", "threads=1.5"))
        .containsExactly(
            "output.pth (job.conf:2): no such key; did you mean output.path?",
            "rows (job.conf:3): wrong type: found \"many\", expected an integer",
            "kernel (job.conf:4): no such value: found \"fats\", expected one of exact, fast;"
                + " did you mean fast?",
            "eps (command line): must lie in (0, 1), found 2.0",
            "threads (command line): wrong type: found \"1.5\", expected an integer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          seed=x                 | seed (command line): wrong type: found "x", expected an integer
          seed=99999999999999999999 | seed (command line): out of range: found "99999999999999999999", expected an integer in -9223372036854775808 to 9223372036854775807
          threads=3000000000     | threads (command line): out of range: found "3000000000", expected an integer in -2147483648 to 2147483647
          eps=NaN                | eps (command line): wrong type: found "NaN", expected a finite number
          eps=1e999              | eps (command line): out of range: found "1e999", expected a finite number
          delta=0                | delta (command line): must lie in (0, 1), found 0.0
          report=maybe           | report (command line): wrong type: found "maybe", expected true or false
          family=sparsesign      | family (command line): no such value: found "sparsesign", expected one of sign, sparse-sign, hadamard; did you mean sparse-sign?
          k=many                 | k (command line): expected auto or an integer from 1: found "many"
          k=200                  | k (command line): is larger than rows = 100; lower k or set k = auto
          delta=0.000001         | delta (command line): is too small for so few rows; raise delta
          columns.features=a,b   | columns.features (command line): wrong type: found "a,b", expected a list such as [a, b]
          columns.features=[a,a] | columns.features (command line): must not name a column twice
          steps=[1,x]            | steps[1] (command line): wrong type: found "x", expected an integer
          input=/data            | input (command line): wrong type: found "/data", expected block { format, path, table, sample, options }
          input.path=[a]         | input.path (command line): wrong type: found a list, expected text
          input.options=x        | input.options (command line): wrong type: found "x", expected a block such as { name = value }
          input.table=t          | input.path (job.conf:1): more than one of path, table and sample is set; keep one of them
          output.table=t         | output.path (job.conf:2): both path and table are set; keep one of them
          output.path=in/.       | output.path (command line): holds the input, which publishing would replace; name another folder
          output.path=hdfs://n/  | output.path (command line): is the root of a file system; name a folder below it
          output.path=           | output.path (command line): must not be empty
          output.partitions=0    | output.partitions (command line): must be at least 1, found 0
          output.mode=overwrite-partitions | output.partition-by: mode overwrite-partitions has no partitions; set output.partition-by
          path=x                 | path (command line): no such key; did you mean input.path or output.path?
          zzzzz.y=1              | zzzzz (command line): no such key; remove it
          onBadRow=skip          | onBadRow (command line): no such key; did you mean on-bad-row?
          a..b=1                 | command line: malformed key "a..b"; write names with dots between
          word                   | command line: "word" is not of the form KEY=VALUE; write KEY=VALUE
          time-budget=soon       | time-budget (command line): wrong type: found "soon", expected a duration such as 90s, 10m or 2h
          bad-row-limit=-1       | bad-row-limit (command line): must be at least 0: found "-1"
          login.user=me          | login.password: required, but not set: expected text; set it in a --config file or as login.password=VALUE
          """)
  void aMistakeIsToldWithItsPlaceAndRemedy(String assignment, String line) throws IOException {
    file("job.conf", SOUND);
    assertThat(problems(assignment)).containsExactly(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          password = hunter2 = x  | t.conf:2: this is no HOCON
          x = "hunter2            | t.conf:2: a quoted text is not closed
          x = hunter2@home        | t.conf:2: character @ stands outside of quotes
          x { hunter2 = 1         | t.conf:2: { is not closed
          x = [hunter2            | t.conf:2: [ is not closed
          x = 1 }                 | t.conf:2: } closes nothing
          x = ${hunter2           | t.conf:2: ${ is not closed
          x hunter2               | t.conf:2: a key has no value
          x. = 1                  | t.conf:2: a key or ${...} is malformed
          x = "\\h"               | t.conf:2: a backslash inside quotes must be doubled
          """)
  void aSyntaxErrorIsOneLineWithoutTheText(String text, String line) throws IOException {
    file("t.conf", "seed = 1\n" + text);
    String remedy = "; write KEY = VALUE or KEY { ... }, other text than words and paths in quotes";
    assertThat(problems()).containsExactly(line + remedy);
  }

  @Test
  void whatCanBeCheckedBesideABrokenFileIs() throws IOException {
    file("broken.conf", "input { path = x");
    file("job.conf", "epz = 0.1");
    files.add(folder.resolve("absent.conf").toString());
    assertThat(problems("rows=x"))
        .containsExactly(
            "broken.conf:1: { is not closed; write KEY = VALUE or KEY { ... }, other text than"
                + " words and paths in quotes",
            "epz (job.conf:1): no such key; did you mean eps?",
            "--config absent.conf: no such file; name a HOCON file of this machine",
            "rows (command line): wrong type: found \"x\", expected an integer");
  }

  @Test
  void unresolvedSubstitutionsAreAllReported() throws IOException {
    file("a.conf", SOUND + "seed = ${SEED}\nfamily = ${FAMILY}");
    assertThat(problems())
        .containsExactly(
            "seed (a.conf:4): no key and no environment variable is called SEED; set it, or write"
                + " ${?...} if it may be absent",
            "family (a.conf:5): no key and no environment variable is called FAMILY; set it, or"
                + " write ${?...} if it may be absent");
  }

  @Test
  void substitutionsInACircleAreRefused() throws IOException {
    file("a.conf", SOUND + "seed = ${eps}\neps = ${seed}");
    assertThat(problems()).singleElement().asString().contains("in a circle");
  }

  @Test
  void substitutionsThatDoNotFitAreRefused() throws IOException {
    file("a.conf", SOUND + "name = text\nspark.conf = ${name} { a = 1 }");
    assertThat(problems()).singleElement().asString().startsWith("a.conf:4: a substitution ${...}");
  }

  @Test
  void anOutputWithoutFolderNeedsAManifest() throws IOException {
    file("a.conf", "input.path = in, rows = 9, output.table = t");
    assertThat(problems())
        .containsExactly(
            "manifest: required, since a table or data base has no place for it; set manifest to a"
                + " folder");
    assertThat(problems("manifest=/m")).isEmpty();
  }

  @Test
  void aDataBaseNeedsAnAddressAndATableNamedOnce() throws IOException {
    file("a.conf", "input.path = in, rows = 9, manifest = m\noutput { format = JDBC, path = p }");
    assertThat(problems())
        .containsExactly(
            "output.path (a.conf:2): a data base has no path; set output.table instead",
            "output.table: the data base's table is not named; set output.table",
            "output.options: jdbc without an address; set output.options.url");
    file(
        "a.conf",
        "input.path = in, rows = 9, manifest = m\n"
            + "output { format = jdbc, table = t, options { dbTable = t, url = u } }");
    assertThat(problems())
        .containsExactly(
            "output.table (a.conf:2): the data base's table is named twice; remove"
                + " output.options.dbtable");
    file(
        "a.conf",
        "input.path = in, rows = 9, manifest = m\n"
            + "output { format = jdbc, table = t, options.url = u }");
    assertThat(problems()).isEmpty();
  }

  @Test
  void requiredKeysAreAskedForOnceEachAndLast() {
    assertThat(problems("seed=x"))
        .containsExactly(
            "seed (command line): wrong type: found \"x\", expected an integer",
            "input.path: nothing to read; set input.path, input.table or input.sample",
            "output.path: nowhere to write; set output.path or output.table",
            "rows: required, but not set: expected integer; set it in a --config file or as"
                + " rows=VALUE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input.options.password=hunter2",
        "input.options={password=hunter2}",
        "input.options.secretKey=hunter2",
        "login.password=hunter2",
        "spark.conf.spark.hadoop.fs.s3a.access.key=hunter2",
        "spark.conf={\"spark.hadoop.fs.azure.account.key.x\"=hunter2}",
        "input.options.url=jdbc:postgresql://me:hunter2@host/db",
        "input.options.url=jdbc:sqlserver://host;user=me;password=hunter2",
        "login.password=${?USER}hunter2",
        "input.options={password=${?USER}hunter2}",
        "pasword=hunter2"
      })
  void aSecretNeverShows(String assignment) throws IOException {
    file("job.conf", SOUND);
    List<String> problems = problems(assignment);
    assertThat(problems).isNotEmpty();
    assertThat(problems).noneMatch(line -> line.contains(CANARY));
    if (!assignment.startsWith("pasword")) {
      assertThat(problems.get(0))
          .contains("(command line): a secret on the command line is seen by everyone")
          .contains("= ${?NAME} into a --config file");
    }
  }

  @Test
  void secretsFromTheEnvironmentAreMaskedEverywhere() throws IOException {
    file(
        "job.conf",
        SOUND
            + "login { user = me, password = ${?PASS} }\n"
            + "input.options { url = \"jdbc:x://me:\"${PASS}\"@h/d?password=\"${PASS}\"&a=b\" }\n"
            + "spark.conf.spark.hadoop.fs.s3a.secret.key = ${PASS}");
    Bound<SampleConfig> bound = load(Map.of("PASS", CANARY));
    assertThat(bound.config().login().orElseThrow().password()).isEqualTo(CANARY);
    assertThat(bound.resolved().render()).contains("login.password").doesNotContain(CANARY);
    assertThat(bound.resolved().maskedJson()).contains("***").doesNotContain(CANARY);
    assertThat(bound.config().input().options().get("url")).contains(CANARY);
    assertThat(problems(Map.of("PASS", "abc")))
        .singleElement()
        .asString()
        .startsWith("login.password (job.conf:4 from environment PASS): this value cannot be used");
  }

  @Test
  void aSecretMayComeAsAReferenceOnTheCommandLine() throws IOException {
    file("job.conf", SOUND);
    Bound<SampleConfig> bound =
        load(Map.of("PASS", CANARY), "login.user=me", "login.password=${?PASS}");
    assertThat(bound.config().login().orElseThrow().password()).isEqualTo(CANARY);
    assertThat(bound.resolved().origin("login.password"))
        .contains("command line from environment PASS");
  }

  @Test
  void theResolvedConfigurationIsReadAgainAsTheSame() throws IOException {
    file("a.conf", SOUND + "spark.conf.spark.a = 1\ncolumns.features = [a, \"b c\"]\nthreads = 2");
    Resolved first = load("time-budget=90s", "kernel=fast").resolved();
    files.clear();
    file("again.conf", first.render());
    Resolved second = load().resolved();
    assertThat(second.maskedJson()).isEqualTo(first.maskedJson());
    assertThat(second.sha256()).isEqualTo(first.sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void hashesOfEffectsIgnoreKeysOfOtherEffects() throws IOException {
    file("a.conf", SOUND);
    Resolved base = load().resolved();
    Resolved otherPlace = load("output.path=elsewhere", "report=false").resolved();
    Resolved otherRows = load("input.path=elsewhere").resolved();
    Resolved otherSeed = load("seed=1").resolved();
    assertThat(otherPlace.sha256()).isNotEqualTo(base.sha256());
    assertThat(otherPlace.sha256(Effect.RESULT, Effect.DATA))
        .isEqualTo(base.sha256(Effect.RESULT, Effect.DATA));
    assertThat(otherRows.sha256(Effect.RESULT)).isEqualTo(base.sha256(Effect.RESULT));
    assertThat(otherRows.sha256(Effect.RESULT, Effect.DATA))
        .isNotEqualTo(base.sha256(Effect.RESULT, Effect.DATA));
    assertThat(otherSeed.sha256(Effect.RESULT)).isNotEqualTo(base.sha256(Effect.RESULT));
  }

  @Test
  void everyKeyIsDescribed() {
    List<KeyDoc> keys = ConfigLoader.keys(SampleConfig.class);
    assertThat(keys)
        .extracting(KeyDoc::path)
        .startsWith("input.format", "input.path")
        .contains("on-bad-row", "spark.conf", "login.password", "k", "rows")
        .doesNotHaveDuplicates()
        .doesNotContain("input", "target");
    assertThat(keys).allMatch(key -> !key.doc().isBlank() && !key.doc().endsWith("."));
    assertThat(find(keys, "precision").fallback()).isEqualTo("float");
    assertThat(find(keys, "output.mode").fallback()).isEqualTo("overwrite");
    assertThat(find(keys, "k").type()).isEqualTo("auto | N");
    assertThat(find(keys, "family").type()).isEqualTo("sign | sparse-sign | hadamard");
    assertThat(find(keys, "rows").presence()).isEqualTo(KeyDoc.Presence.REQUIRED);
    assertThat(find(keys, "threads").presence()).isEqualTo(KeyDoc.Presence.OPTIONAL);
    assertThat(find(keys, "login.user").effect()).isEqualTo(Effect.OPERATION);
  }

  private static KeyDoc find(List<KeyDoc> keys, String path) {
    return keys.stream().filter(key -> key.path().equals(path)).findFirst().orElseThrow();
  }

  @Test
  void aRecordThatCannotBeBoundIsAProgrammingError() {
    record Undescribed(Optional<String> name) {}
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ConfigLoader.keys(Undescribed.class))
        .withMessageContaining("@Key or @Inline");
  }
}
