// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.sampling.lattice.BetaSchedule;
import dev.lemma.math.sampling.lattice.IsingModel;
import dev.lemma.math.sampling.lattice.KaufmanEnergy;
import dev.lemma.math.sampling.lattice.LatticeSize;
import dev.lemma.math.sampling.lattice.LatticeStrip;
import dev.lemma.math.sampling.lattice.PottsModel;
import dev.lemma.math.sampling.lattice.SpinModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatticeJobTest {
  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir static Path inputs;
  @TempDir Path folder;

  /** A ring of 40 sites with chords: 60 bonds, sites named by multiples of 7. */
  private static Dataset<Row> ring() {
    return SPARK
        .range(0, 60, 1, 3)
        .selectExpr(
            "if(id < 40, id, id - 40) * 7 as from",
            "if(id < 40, (id + 1) % 40, (id - 40) + 20) * 7 as to");
  }

  private static void write(String name, String... pairs) {
    SPARK
        .range(pairs.length)
        .selectExpr(
            "try_cast(split(array('"
                + String.join("','", pairs)
                + "')[int(id)], '-')[0] as bigint) f",
            "try_cast(split(array('"
                + String.join("','", pairs)
                + "')[int(id)], '-')[1] as bigint) t",
            "'x' as s")
        .withColumnRenamed("f", "from")
        .withColumnRenamed("t", "to")
        .write()
        .parquet(inputs.resolve(name).toString());
  }

  @BeforeAll
  static void write() {
    ring().write().parquet(inputs.resolve("ring").toString());
    ring().limit(0).write().parquet(inputs.resolve("empty").toString());
    write("loop", "1-2", "2-2", "2-3");
    write("twice", "1-2", "2-3", "2-1", "-3");
  }

  private JobCall call(Path output, String... keys) {
    List<String> all = new ArrayList<>(List.of("output.path=" + output, "output.mode=overwrite"));
    all.addAll(Arrays.asList(keys));
    return JobCall.of(new LatticeJob(), all.toArray(String[]::new));
  }

  private Path done(String name, String... keys) {
    Path output = folder.resolve(name);
    JobCall call = call(output, keys);
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    return output;
  }

  private static List<String> rows(Path table) {
    return SPARK.read().parquet(table.toString()).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static Path configuration(Path output) {
    return output.resolve("_lemma/tables/configuration");
  }

  /** The job's draws and spins are those of the kernel on a whole lattice. */
  @ParameterizedTest
  @CsvSource({"ising, 0.2", "potts, 0"})
  void drawsAreThoseOfTheWholeLattice(String name, double field) {
    boolean ising = name.equals("ising");
    SpinModel model = ising ? new IsingModel(1, field) : new PottsModel(3, 1);
    Path output =
        done(
            "out",
            "height=14",
            "width=6",
            "model=" + name,
            ising ? "field=" + field : "states=3",
            "beta=0.6",
            "replicas=2",
            "start=mixed",
            "warmup=3",
            "sweeps=8",
            "seed=11",
            "strips=3",
            "sweeps-per-shuffle=2");
    LatticeSize size = new LatticeSize(14, 6);
    Dataset<Row> draws = SPARK.read().parquet(output.toString());
    assertThat(draws.columns())
        .containsExactly("chain", "iteration", "energy", ising ? "magnetisation" : "order");
    for (int replica = 0; replica < 2; replica++) {
      LatticeStrip strip = LatticeStrip.whole(size, model, 11);
      if (replica == 0) {
        byte[] cold = new byte[6];
        Arrays.fill(cold, (byte) (model.states() - 1));
        for (int row = 0; row < 14; row++) {
          strip.setRow(row, cold, 0);
        }
      } else {
        strip.randomise(1);
      }
      int width = 1 + model.states();
      long[] totals = new long[11 * width];
      strip.sweep(BetaSchedule.constant(0.6), replica, 1, 11, totals);
      List<Row> own = draws.where("chain = " + (replica + 1)).orderBy("iteration").collectAsList();
      assertThat(own).hasSize(8);
      for (int i = 0; i < 8; i++) {
        int at = (3 + i) * width;
        long[] counts = Arrays.copyOfRange(totals, at + 1, at + width);
        assertThat(own.get(i).getLong(1)).isEqualTo(i + 1);
        assertThat(own.get(i).getDouble(2))
            .isEqualTo(model.energy(totals[at], size.bonds(), counts) / 84);
        assertThat(own.get(i).getDouble(3)).isEqualTo(model.order(counts));
      }
      List<Row> spins =
          SPARK
              .read()
              .parquet(configuration(output).toString())
              .where("chain = " + (replica + 1))
              .orderBy("row")
              .collectAsList();
      byte[] row = new byte[6];
      for (int r = 0; r < 14; r++) {
        strip.copyRow(r, row, 0);
        for (int c = 0; c < 6; c++) {
          int state = row[LatticeStrip.index(size, r, c)];
          assertThat(spins.get(r).<Byte>getList(2).get(c).intValue())
              .isEqualTo(ising ? 2 * state - 1 : state);
        }
      }
    }
  }

  @Test
  void stripsAreOfNoConsequence() {
    List<List<String>> results = new ArrayList<>();
    for (String cut :
        List.of(
            "strips=1 sweeps-per-shuffle=100",
            "strips=1 sweeps-per-shuffle=3",
            "strips=2 sweeps-per-shuffle=20",
            "strips=7 sweeps-per-shuffle=4",
            "strips=64 sweeps-per-shuffle=1")) {
      List<String> keys =
          new ArrayList<>(
              List.of(
                  "height=128",
                  "width=20",
                  "replicas=1",
                  "start=random",
                  "warmup=1",
                  "sweeps=2",
                  "report=false"));
      keys.addAll(List.of(cut.split(" ")));
      Path output = done("out", keys.toArray(String[]::new));
      List<String> all = new ArrayList<>(rows(output));
      all.addAll(rows(configuration(output)));
      results.add(all);
      assertThat(JobCall.manifest(output).path("bits").asText()).isEqualTo("any");
      assertThat(output.resolve("_lemma/checkpoint/lattice")).doesNotExist();
    }
    assertThat(results).allMatch(results.get(0)::equals);
    assertThat(results.get(0)).hasSize(2 + 128).doesNotHaveDuplicates();
  }

  @Test
  void layoutsOfBondsAreOfNoConsequence() {
    List<List<String>> results = new ArrayList<>();
    int i = 0;
    for (Dataset<Row> layout : Layouts.of(ring())) {
      Path input = folder.resolve("in-" + i++);
      layout.write().parquet(input.toString());
      Path output =
          done(
              "out",
              "input.path=" + input,
              "beta=0.4",
              "warmup=5",
              "sweeps=12",
              "sweeps-per-shuffle=" + (2 + i),
              "report=false");
      List<String> all = new ArrayList<>(rows(output));
      all.addAll(rows(configuration(output)));
      results.add(all);
    }
    assertThat(results).allMatch(results.get(0)::equals);
    assertThat(results.get(0)).hasSize(4 * 12 + 4 * 40);
  }

  /** Four errors; a false alarm in 1 of 16,000 at most, and the seed is fixed. */
  @Test
  void theExactEnergyStandsBesideTheEstimate() {
    Path output = done("out", "height=16", "beta=0.4", "sweeps=6000", "warmup=500", "start=mixed");
    Row energy =
        SPARK
            .read()
            .parquet(output.resolve("_lemma/tables/summary").toString())
            .where("parameter = 'energy'")
            .head();
    double exact = KaufmanEnergy.perSite(new LatticeSize(16, 16), 0.4);
    assertThat(energy.<Double>getAs("exact")).isEqualTo(exact);
    double error = energy.<Double>getAs("mcse_mean");
    assertThat(energy.<Double>getAs("mean")).isCloseTo(exact, within(4 * error));
    assertThat(error).isBetween(1e-4, 0.01);
    assertThat(energy.<Double>getAs("rhat")).isLessThan(1.01);
    assertThat(JobCall.manifest(output).path("metrics").path("energy").asDouble())
        .isEqualTo(energy.<Double>getAs("mean"));
  }

  @Test
  void annealingKeepsTheBestConfigurations() {
    String[] keys = {
      "height=12",
      "coupling=-1",
      "start=random",
      "replicas=3",
      "sweeps=24",
      "annealing.law=geometric",
      "annealing.to=2",
      "annealing.cycles=2",
      "report=false"
    };
    List<List<String>> results = new ArrayList<>();
    for (String cut : List.of("strips=1", "strips=3", "strips=1 sweeps-per-shuffle=17")) {
      String[] all = Arrays.copyOf(keys, keys.length + 1 + (cut.contains(" ") ? 1 : 0));
      System.arraycopy(cut.split(" "), 0, all, keys.length, cut.split(" ").length);
      Path output = done("out", all);
      results.add(rows(configuration(output)));
      Dataset<Row> draws = SPARK.read().parquet(output.toString());
      assertThat(draws.columns()).contains("beta");
      for (int chain = 1; chain <= 3; chain++) {
        double lowest =
            draws.where("chain = " + chain).selectExpr("min(energy)").head().getDouble(0);
        assertThat(energy(output, chain)).isEqualTo(lowest);
      }
    }
    assertThat(results).allMatch(results.get(0)::equals);
  }

  /** Energy per site of the repelling spins in the table. */
  private static double energy(Path output, int chain) {
    List<Row> rows =
        SPARK
            .read()
            .parquet(configuration(output).toString())
            .where("chain = " + chain)
            .orderBy("row")
            .collectAsList();
    int sum = 0;
    for (int r = 0; r < 12; r++) {
      List<Byte> row = rows.get(r).getList(2);
      List<Byte> below = rows.get((r + 1) % 12).getList(2);
      for (int c = 0; c < 12; c++) {
        sum += row.get(c) * (below.get(c) + row.get((c + 1) % 12));
      }
    }
    return sum / 144.0;
  }

  /** More rounds than a lineage is allowed, so that states are written down and read again. */
  @Test
  void manyRoundsLeaveNothingBehind() throws IOException {
    Path output =
        done(
            "out",
            "height=8",
            "replicas=1",
            "warmup=0",
            "sweeps=40",
            "strips=2",
            "sweeps-per-shuffle=1");
    assertThat(rows(output)).hasSize(40);
    assertThat(output.resolve("_lemma/checkpoint/lattice")).doesNotExist();
    String page = Files.readString(output.resolve("_lemma/report.html"));
    assertThat(page).contains("Kaufman", "Spins", "Energy per site", "one a round");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "height=7 | 2 | height (command line): must be even and lie between 4 and 1048576, found 7",
        "height=8 width=2 | 2 | width (command line): must be even and lie between 4 and 1048576,"
            + " found 2",
        "height=8 model=potts states=1 | 2 | states (command line): must lie between 2 and 16,"
            + " found 1",
        "height=8 model=potts | 2 | states: a Potts spin needs a number of states; set states",
        "height=8 states=3 | 2 | states (command line): an Ising spin has 2 states; set model ="
            + " potts, or leave states out",
        "height=8 model=potts states=3 field=1 | 2 | field (command line): the Potts model has no"
            + " field here; leave field out",
        "height=8 sweeps=0 | 2 | sweeps (command line): must lie between 1 and 20000000, found 0",
        "height=8 sweeps=9000000 | 2 | sweeps (command line): the driver keeps 20000000 draws at"
            + " most, and these make 36000000; take fewer sweeps or replicas",
        "height=1048576 | 2 | height (command line): 1099511627776 sites of 4 replicas are more"
            + " than 274877906944; take a smaller lattice or fewer replicas",
        "sweeps=5 | 2 | height: there is neither a lattice nor a graph; set height, or input",
        "height=8 input.path=x | 2 | input (command line): both a lattice and bonds of a graph are"
            + " given; keep height or input",
        "height=8 strips=4 sweeps-per-shuffle=2 | 2 | strips (command line): an exchange takes two"
            + " rows a sweep from the next strip, which has but 2; take fewer strips, or fewer"
            + " sweeps-per-shuffle",
        "height=8 annealing.law=linear warmup=5 | 2 | warmup (command line): annealing counts from"
            + " the first sweep; leave warmup out",
        "input.path=ring | 2 | beta: of a graph no critical temperature is known; set beta",
        "input.path=ring beta=1 bonds.from=frm | 3 | bonds.from: no such column in the input: found"
            + " frm, expected one of from, to; did you mean from?",
        "input.path=loop beta=1 bonds.to=s | 3 | bonds.to = s: wrong type: found string, expected a"
            + " whole number; choose another column, or number the sites where the input is written",
        "input.path=empty beta=1 | 3 | there is no bond; choose another input",
        "input.path=loop beta=1 | 3 | bonds join two different sites, each pair once: found 1"
            + " without two different ends and 0 repeated of 3, expected none; repair them, or set"
            + " on-bad-row = skip",
        "input.path=twice beta=1 | 3 | bonds join two different sites, each pair once: found 1"
            + " without two different ends and 1 repeated of 4, expected none; repair them, or set"
            + " on-bad-row = skip",
        "input.path=twice beta=1 on-bad-row=skip bad-row-limit=1 | 3 | bonds join two different"
            + " sites, each pair once: found 1 without two different ends and 1 repeated of 4,"
            + " expected none; repair them, or raise bad-row-limit",
      })
  void mistakesAreTold(String keys, int code, String line) {
    String here = keys.replace("input.path=", "input.path=" + inputs + "/");
    Path output = folder.resolve("out");
    JobCall call = call(output, here.split(" "));
    assertThat(call.code().code()).as(String.join("\n", call.err())).isEqualTo(code);
    assertThat(call.lastLine()).endsWith(line);
    assertThat(output.resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void bondsThatCannotBeUsedAreLeftOut() {
    Path output = folder.resolve("out");
    JobCall call =
        call(
            output,
            "input.path=" + inputs.resolve("twice"),
            "beta=1",
            "on-bad-row=skip",
            "sweeps=20",
            "model=potts",
            "states=4",
            "report=false");
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings())
        .contains("2 bonds were left out: without two different ends, or repeated");
    assertThat(rows(configuration(output))).hasSize(4 * 3);
  }

  @Test
  void theDryRunTellsThePlan() {
    JobCall call =
        JobCall.dry(
            new LatticeJob(), "output.path=" + folder.resolve("out"), "height=16384", "replicas=1");
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    assertThat(call.out())
        .contains(
            "strips", "driver memory", "exact energy per site", "without cutting", "shuffles");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
