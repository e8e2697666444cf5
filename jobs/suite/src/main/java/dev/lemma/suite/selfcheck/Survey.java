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
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The readings of one run as they come in, and who did not give any. */
final class Survey {
  private static final int PARCELS = 3;
  private static final int EXCHANGES = 5;
  private static final Duration EXCHANGE = Duration.ofSeconds(10);

  static final String LOOK =
      "look for its log and its host's load; raise patience if it is only slow to answer";

  private final SelfcheckConfig config;
  private final Run run;
  private final SparkContext context;
  private final List<Reading> readings = new ArrayList<>();
  private final List<Problem> absences = new ArrayList<>();
  private final List<Place> lost = new ArrayList<>();
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
    String waited = context.isLocal() ? "" : " within " + patience();
    if (places.size() < config.executors().orElse(1)) {
      absences.add(
          tooFew("too few have registered" + waited, places.size(), config.executors().orElse(1)));
    } else if (places.size() < told.orElse(0)) {
      run.warn(
          places.size()
              + " of the "
              + told.getAsInt()
              + " executors that Spark was told to start have registered"
              + waited);
    }
  }

  static Problem tooFew(String what, int found, int wanted) {
    return new Problem(
        "executors",
        what,
        Integer.toString(found),
        "at least " + wanted,
        "see the cluster manager for what it could not start, or raise patience");
  }

  private String patience() {
    return SelfcheckReport.duration(config.patience());
  }

  /**
   * Those that register while others are examined are examined too, but not for ever: once the time
   * is up, whoever comes then is only told of.
   */
  void examine() throws InterruptedException {
    List<Broadcast<byte[]>> parcels = parcels();
    Examination examination = new Examination(parcels, config.volume().bytes());
    List<Place> seen = new ArrayList<>();
    List<Place> silent = new ArrayList<>();
    long deadline = System.nanoTime() + config.patience().toNanos();
    List<Place> next = places;
    while (!next.isEmpty() && (seen.isEmpty() || System.nanoTime() < deadline)) {
      Errand.Outcome outcome = Errand.run(context, next, examination, config.patience());
      outcome.answers().forEach(answer -> readings.addAll(answer.readings()));
      outcome.failures().forEach((place, message) -> absent(place, "cannot run tasks", message));
      outcome.silent().forEach(place -> absent(place, "has not answered within " + patience(), ""));
      silent.addAll(outcome.silent());
      outcome.lost().forEach(place -> warnOfLost(place, "before it could be examined"));
      lost.addAll(outcome.lost());
      seen.addAll(next);
      next = Executors.registered(context).stream().filter(place -> !seen.contains(place)).toList();
    }
    if (!next.isEmpty()) {
      run.warn(late(next));
    }
    places = readings.stream().map(Reading::place).distinct().sorted(Executors.ORDER).toList();
    if (!places.isEmpty()) {
      // Else nobody would be left to write the table.
      Executors.end(context, silent);
    }
    parcels.forEach(parcel -> parcel.destroy(false));
    examineAgain();
    isWhole = !places.isEmpty() && places.size() + lost.size() == seen.size();
    if (places.isEmpty() && absences.isEmpty()) {
      absences.add(Problem.of("executors", "all were lost before they could be examined", LOOK));
    }
  }

  static String late(List<Place> places) {
    return (places.size() == 1 ? places.get(0) : places.size() + " executors")
        + " came too late to be examined";
  }

  private void warnOfLost(Place place, String when) {
    String reason = Executors.farewell(context, place);
    run.warn(place + " was lost " + when + (reason.isEmpty() ? "" : ": " + reason));
  }

  /** Who was there at first and is no more; a fault where too few are left of those examined. */
  void countAgain() {
    if (!isWhole) {
      return;
    }
    List<Place> registered = Executors.registered(context);
    for (Place place : places) {
      // With dynamic allocation Spark ends executors that have nothing to do.
      if (!registered.contains(place) && !Executors.isDynamic(context)) {
        warnOfLost(place, "after it had been examined");
        lost.add(place);
      }
    }
    long left = places.stream().filter(place -> !lost.contains(place)).count();
    if (left < config.executors().orElse(1)) {
      lost.forEach(
          place ->
              absences.add(
                  lost(
                      place,
                      Executors.farewell(context, place),
                      left,
                      config.executors().orElse(1))));
    }
  }

  static Problem lost(Place place, String reason, long left, int wanted) {
    return new Problem(
        place.toString(),
        "was lost, and of the executors examined too few are left ("
            + left
            + ", not "
            + wanted
            + ")",
        reason,
        "",
        "see its log, and the cluster manager's, for why it ended");
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

  /** Takes over what work for all together has shown. */
  void include(CommonWork work) {
    readings.addAll(work.readings());
    absences.addAll(work.faults());
    if (work.isGivenUp()) {
      isWhole = false;
      run.warn("the rest of the work for all executors together was left out");
    }
  }

  Verdict verdict() {
    return Verdict.of(readings, Examination.answers(SharedWork.here()), config.slower());
  }
}
