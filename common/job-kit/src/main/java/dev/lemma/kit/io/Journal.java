// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The moves that publish a staged result, written down before the first of them is made. Writing
 * the journal is the moment at which a result counts as published: from then on whoever finds the
 * journal carries it to its end.
 *
 * <p>Carrying out is idempotent, so it can be cut short at any point and begun again. A move is
 * done when its source is gone; a target that stands in the way is first put aside, and while the
 * source is there the place aside tells whether that has happened. Nothing is deleted before all
 * moves are done. So after a stop, at any point, each name holds the old content, the new content,
 * or (between the two renames of one replacement) nothing, with both contents whole under the names
 * that the journal keeps.
 *
 * @param run the run that published
 * @param moves in order
 * @param leftovers what is deleted at the end
 */
record Journal(String run, List<Move> moves, List<Path> leftovers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One move.
   *
   * @param from source
   * @param to target
   * @param aside where a target in the way goes, or empty if nothing may be there
   */
  record Move(Path from, Path to, Optional<Path> aside) {}

  Journal {
    moves = List.copyOf(moves);
    leftovers = List.copyOf(leftovers);
  }

  byte[] bytes() {
    ObjectNode json = JSON.createObjectNode().put("run", run);
    ArrayNode list = json.putArray("moves");
    for (Move move : moves) {
      ObjectNode entry = list.addObject();
      entry.put("from", move.from().toString()).put("to", move.to().toString());
      move.aside().ifPresent(aside -> entry.put("aside", aside.toString()));
    }
    ArrayNode rest = json.putArray("leftovers");
    leftovers.forEach(path -> rest.add(path.toString()));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Journal read(Path file, byte[] content) {
    try {
      JsonNode json = JSON.readTree(new String(content, StandardCharsets.UTF_8));
      List<Move> moves = new ArrayList<>();
      for (JsonNode entry : json.required("moves")) {
        moves.add(
            new Move(
                new Path(entry.required("from").asText()),
                new Path(entry.required("to").asText()),
                entry.has("aside")
                    ? Optional.of(new Path(entry.get("aside").asText()))
                    : Optional.empty()));
      }
      List<Path> leftovers = new ArrayList<>();
      json.required("leftovers").forEach(path -> leftovers.add(new Path(path.asText())));
      return new Journal(json.required("run").asText(), moves, leftovers);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new LemmaException(
          ExitCode.OUTPUT,
          Problem.of(
              file.toString(),
              "the journal of an unfinished publication cannot be read",
              "move the folders that carry its name back by hand, then delete it"),
          e);
    }
  }

  /**
   * Writes itself down and carries itself out. If a move fails, those made are taken back, so that
   * the old output stands again; if that fails too, the journal stays for the next run.
   *
   * @return whether nothing is left behind; if not, the journal stays and the next run deletes it
   */
  boolean commit(Storage storage, Path file) throws IOException {
    storage.replace(file, bytes());
    Deque<Move> made = new ArrayDeque<>();
    try {
      for (Move move : moves) {
        advance(storage, move, made);
      }
    } catch (IOException | RuntimeException e) {
      try {
        while (!made.isEmpty()) {
          Move move = made.pop();
          storage.move(move.to(), move.from());
        }
        storage.delete(file);
      } catch (IOException undo) {
        e.addSuppressed(undo);
      }
      throw e;
    }
    try {
      clear(storage, file);
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Carries out what a stopped run left of it. */
  void finish(Storage storage, Path file) throws IOException {
    Deque<Move> made = new ArrayDeque<>();
    for (Move move : moves) {
      advance(storage, move, made);
    }
    clear(storage, file);
  }

  private static void advance(Storage storage, Move move, Deque<Move> made) throws IOException {
    if (!storage.exists(move.from())) {
      return;
    }
    if (storage.exists(move.to())) {
      if (move.aside().isEmpty() || storage.exists(move.aside().get())) {
        throw blocked(move);
      }
      Move away = new Move(move.to(), move.aside().get(), Optional.empty());
      storage.move(away.from(), away.to());
      made.push(away);
    }
    storage.move(move.from(), move.to());
    made.push(move);
  }

  private void clear(Storage storage, Path file) throws IOException {
    for (Path leftover : leftovers) {
      storage.delete(leftover);
    }
    storage.delete(file);
  }

  private static LemmaException blocked(Move move) {
    return new LemmaException(
        ExitCode.OUTPUT,
        Problem.of(
            move.to().toString(),
            "something not written by Lemma took its place while the output was being replaced",
            "move it away; the new output waits at "
                + move.from()
                + " and the next run puts it in place"));
  }
}
