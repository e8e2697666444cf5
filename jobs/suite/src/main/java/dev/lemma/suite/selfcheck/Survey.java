// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readings of one run as they come in, and who did not give any. */
final class Survey {
  private static final int PARCELS = 3;
  private static final int EXCHANGES = 5;
  private static final Duration EXCHANGE = Duration.ofSeconds(10);

  private static final String LOOK =
      "look for its log and its host's load; raise patience if it is only slow to answer";

  private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

  private final SelfcheckConfig config;
  private final Run run;
  private final SparkContext context;
  private final List<Reading> readings = new ArrayList<>();
  private final List<Problem> absences = new ArrayList<>();
  private List<Place> places = List.of();
  private boolean isWhole;

  Survey(SelfcheckConfig config, Run run, SparkContext context) {
    this.config = config;
    this.run = run;
    this.context = context;
  }

  /** The executors that are examined. */
  List<Place> places() {
    return places;
  }

  /** Executors that are missing, or have not answered. */
  List<Problem> absences() {
    return absences;
  }

  /** Whether every executor that is there has answered, so that work for all of them can end. */
  boolean isWhole() {
    return isWhole;
  }

  void gather() throws InterruptedException {
    OptionalInt told = Executors.told(context.getConf(), context.master());
    OptionalInt wanted = config.executors().isPresent() ? config.executors() : told;
    places = Executors.await(context, wanted, config.patience());
    String waited =
        context.isLocal() ? "" : " within " + SelfcheckReport.duration(config.patience());
    if (places.size() < config.executors().orElse(1)) {
      absences.add(tooFew(places.size(), config.executors().orElse(1), waited));
    } else if (places.size() < told.orElse(0)) {
      run.warn(
          places.size()
              + " of the "
              + told.getAsInt()
              + " executors that Spark was told to start have registered"
              + waited);
    }
  }

  static Problem tooFew(int found, int wanted, String waited) {
    return new Problem(
        "executors",
        "too few have registered" + waited,
        Integer.toString(found),
        "at least " + wanted,
        "see the cluster manager for what it could not start, or raise patience");
  }

  /** Those that register while others are examined are examined too. */
  void examine() throws InterruptedException {
    List<Broadcast<byte[]>> parcels = parcels();
    Examination examination = new Examination(parcels, config.volume().bytes());
    List<Place> seen = new ArrayList<>();
    int lost = 0;
    List<Place> next = places;
    while (!next.isEmpty()) {
      Errand.Outcome outcome = Errand.run(context, next, examination, config.patience());
      outcome.answers().forEach(answer -> readings.addAll(answer.readings()));
      outcome.failures().forEach((place, message) -> absent(place, "cannot run tasks", message));
      outcome.silent().forEach(place -> absent(place, "has not answered", ""));
      outcome.lost().forEach(place -> run.warn(place + " was lost before it could be examined"));
      lost += outcome.lost().size();
      seen.addAll(next);
      next = Executors.registered(context).stream().filter(place -> !seen.contains(place)).toList();
    }
    places = readings.stream().map(Reading::place).distinct().sorted(Executors.ORDER).toList();
    parcels.forEach(parcel -> parcel.destroy(false));
    examineAgain();
    isWhole = !places.isEmpty() && places.size() + lost == seen.size();
    if (places.isEmpty() && absences.isEmpty()) {
      absences.add(Problem.of("executors", "all were lost before they could be examined", LOOK));
    }
  }

  /** Those that are far slower than their peers have a second chance: a busy moment is no fault. */
  private void examineAgain() throws InterruptedException {
    List<Place> slow = Verdict.of(readings, List.of(), config.slower()).places(Status.SLOW);
    if (slow.isEmpty()) {
      return;
    }
    // New parcels: the others are there already, and would seem to come at any speed.
    List<Broadcast<byte[]>> parcels = parcels();
    Errand.Outcome outcome =
        Errand.run(
            context, slow, new Examination(parcels, config.volume().bytes()), config.patience());
    List<Reading> again =
        outcome.answers().stream().flatMap(answer -> answer.readings().stream()).toList();
    List<Reading> better = Verdict.better(readings, again);
    readings.clear();
    readings.addAll(better);
    parcels.forEach(parcel -> parcel.destroy(false));
  }

  /** Whether some executor has computed wrong by itself: it would spoil what all do together. */
  boolean hasWrongAnswers() {
    return !verdict().places(Status.WRONG).isEmpty();
  }

  /**
   * Takes a measurement of all; where it breaks, that is told beside what is known of each of them.
   */
  private void together(String what, Supplier<List<Reading>> measurement) {
    try {
      measure(measurement);
    } catch (RuntimeException e) {
      LOG.warn("{} broke", what, e);
      absences.add(
          new Problem(
              "all executors",
              what + " by all of them together broke, though each answers by itself",
              String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString()),
              "",
              "see the log, and the network and local disks between the executors"));
    }
  }

  /** Takes a measurement of all, and once more where somebody is far slower than the others. */
  private void measure(Supplier<List<Reading>> measurement) {
    List<Reading> first = measurement.get();
    boolean isEven = Verdict.of(first, List.of(), config.slower()).places(Status.SLOW).isEmpty();
    readings.addAll(isEven ? first : Verdict.better(first, measurement.get()));
  }

  private void absent(Place place, String what, String message) {
    absences.add(new Problem(place.toString(), what, message, "", LOOK));
  }

  private List<Broadcast<byte[]>> parcels() {
    List<Broadcast<byte[]>> parcels = new ArrayList<>();
    if (!context.isLocal()) {
      int bytes = (int) (config.volume().bytes() / PARCELS / Long.BYTES) * Long.BYTES;
      for (int i = 0; i < PARCELS; i++) {
        parcels.add(JavaSparkContext.fromSparkContext(context).broadcast(Noise.bytes(bytes, i)));
      }
    }
    return parcels;
  }

  void clocks() throws InterruptedException {
    Map<Place, ClockWindow> windows = new HashMap<>();
    for (int i = 0; i < EXCHANGES; i++) {
      for (Errand.Answer answer :
          Errand.run(context, places, new ClockWindow.Task(), EXCHANGE).answers()) {
        ClockWindow before = windows.getOrDefault(answer.place(), ClockWindow.OPEN);
        double there = answer.readings().get(0).value();
        windows.put(answer.place(), before.with(answer.sent(), there, answer.received()));
      }
    }
    for (Place place : places) {
      if (windows.containsKey(place)) {
        readings.add(windows.get(place).reading(place));
      }
    }
  }

  void share(SharedWork work) {
    together(work.name(), () -> work.run(context, SharedWork.here()));
  }

  void shuffle() {
    together("a shuffle", () -> Shuffle.run(context, places.size(), config.volume().bytes()));
  }

  void scan(Dataset<Row> rows) {
    measure(() -> InputScan.run(rows));
  }

  Verdict verdict() {
    return Verdict.of(readings, Examination.answers(SharedWork.here()), config.slower());
  }
}
