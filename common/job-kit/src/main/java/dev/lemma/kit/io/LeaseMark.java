// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a lease file says of its owner.
 *
 * @param run identity of the run
 * @param host name of its host
 * @param pid its process
 * @param space the namespace that the process number belongs to, or empty where unknown
 * @param beat heartbeats so far
 */
record LeaseMark(String run, String host, long pid, String space, long beat) {
  /** Stands for a run whose mark cannot be read. */
  static final String UNKNOWN = "unknown";

  private static final ObjectMapper JSON = new ObjectMapper();

  static LeaseMark own(String run) {
    return new LeaseMark(run, localHost(), ProcessHandle.current().pid(), processSpace(), 0);
  }

  LeaseMark next() {
    return new LeaseMark(run, host, pid, space, beat + 1);
  }

  byte[] bytes() {
    String json =
        JSON.createObjectNode()
            .put("run", run)
            .put("host", host)
            .put("pid", pid)
            .put("space", space)
            .put("beat", beat)
            .toString();
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a mark; what was cut short in writing belongs to an unknown run. */
  static LeaseMark read(byte[] content) {
    try {
      JsonNode json = JSON.readTree(new String(content, StandardCharsets.UTF_8));
      return new LeaseMark(
          json.path("run").asText(UNKNOWN),
          json.path("host").asText(UNKNOWN),
          json.path("pid").asLong(0),
          json.path("space").asText(""),
          json.path("beat").asLong(0));
    } catch (JsonProcessingException e) {
      return new LeaseMark(UNKNOWN, UNKNOWN, 0, "", 0);
    }
  }

  /** Whether the owner's process is known to be gone, which only its own host can tell. */
  boolean isGone() {
    return !space.isEmpty()
        && space.equals(processSpace())
        && host.equals(localHost())
        && ProcessHandle.of(pid).isEmpty();
  }

  String describe() {
    return "run " + run + " (host " + host + ", process " + pid + ")";
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }

  /**
   * Containers may share a host's name while each counts its processes from one; Linux names the
   * namespace, and a boot starts the count anew.
   */
  private static String processSpace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
          + " "
          + Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return "";
    }
  }
}
