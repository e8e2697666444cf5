// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all executors do together, each piece of it for so long as patience lasts. */
final class CommonWork {
  /** Executors that a message names. */
  private static final int NAMED = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CommonWork.class);

  private final SelfcheckConfig config;
  private final SparkContext context;
  private final int executors;
  private final List<Reading> readings = new ArrayList<>();
  private final List<Problem> faults = new ArrayList<>();
  private boolean isGivenUp;

  /** For so many executors. */
  CommonWork(SelfcheckConfig config, SparkContext context, int executors) {
    this.config = config;
    this.context = context;
    this.executors = executors;
  }

  List<Reading> readings() {
    return readings;
  }

  /** What broke, or has not ended. */
  List<Problem> faults() {
    return faults;
  }

  /** Whether something has not ended; executors may have been ended for it. */
  boolean isGivenUp() {
    return isGivenUp;
  }

  void share(SharedWork work) throws InterruptedException {
    unbroken(work.name(), () -> measure(() -> work.run(context, SharedWork.here())))
        .ifPresent(readings::addAll);
  }

  void shuffle() throws InterruptedException {
    long volume = config.volume().bytes();
    unbroken("a shuffle", () -> measure(() -> Shuffle.run(context, executors, volume)))
        .ifPresent(readings::addAll);
  }

  void scan(Supplier<Dataset<Row>> rows) throws Exception {
    together("reading rows", () -> measure(() -> InputScan.run(rows.get())))
        .ifPresent(readings::addAll);
  }

  /** Whether rows of its own were written. */
  boolean write(OwnRows rows) throws Exception {
    return together("writing rows", rows::write).isPresent();
  }

  /**
   * Does work of all for so long as patience lasts. Once that has been too long there is no more of
   * it: who stands still keeps nobody waiting twice.
   *
   * @return what the work returns, empty where it was given up or never begun
   */
  private <T> Optional<T> together(String what, Callable<T> work) throws Exception {
    if (isGivenUp) {
      return Optional.empty();
    }
    List<Place> atWork = new ArrayList<>();
    Optional<T> result =
        TimedWork.within(
            context, config.patience(), work, () -> atWork.addAll(Executors.atWork(context)));
    if (result.isEmpty()) {
      isGivenUp = true;
      faults.add(unended(what, SelfcheckReport.duration(config.patience()), atWork));
      if (atWork.size() < Executors.registered(context).size()) {
        Executors.end(context, atWork);
      }
    }
    return result;
  }

  static Problem unended(String what, String patience, List<Place> atWork) {
    String names =
        atWork.stream().limit(NAMED).map(Place::toString).collect(Collectors.joining(", "));
    return new Problem(
        atWork.size() == 1 ? names : "all executors",
        what + " by all of them together has not ended within " + patience,
        switch (atWork.size()) {
          case 0 -> "none of them at work";
          case 1 -> "still at work";
          case 2, NAMED -> names + " still at work";
          default -> names + " and " + (atWork.size() - NAMED) + " more still at work";
        },
        "",
        Survey.LOOK);
  }

  /** As above for work on nothing but the cluster: where it breaks, that is told, no more. */
  private <T> Optional<T> unbroken(String what, Callable<T> work) throws InterruptedException {
    try {
      return together(what, work);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Spark's own exception is a checked one, which its methods do not declare.
      LOG.warn("{} broke", what, e);
      faults.add(
          new Problem(
              "all executors",
              what + " by all of them together broke, though each answers by itself",
              Errand.firstLine(e),
              "",
              "see the log, and the network and local disks between the executors"));
      return Optional.empty();
    }
  }

  /** A measurement of all, and once more where somebody is far slower than the others. */
  private List<Reading> measure(Supplier<List<Reading>> measurement) {
    List<Reading> first = measurement.get();
    boolean isEven = Verdict.of(first, List.of(), config.slower()).places(Status.SLOW).isEmpty();
    return isEven ? first : Verdict.better(first, measurement.get());
  }
}
