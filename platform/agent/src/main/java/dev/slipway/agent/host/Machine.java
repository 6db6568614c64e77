package dev.slipway.agent.host;

import dev.slipway.agent.os.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What does not change while the agent runs; empty texts are not known. */
record Machine(String os, String kernel, String arch, String cpuModel, String id) {
  static Machine read() {
    var release =
        text("/etc/os-release")
            .lines()
            .filter(line -> line.startsWith("PRETTY_NAME="))
            .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
            .findFirst()
            .orElse("Linux");
    var model =
        ProcFs.text("cpuinfo")
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("");
    var arch = System.getProperty("os.arch");
    return new Machine(
        release,
        ProcFs.text("sys/kernel/osrelease").strip(),
        arch.equals("amd64") ? "x86_64" : arch,
        model,
        text("/etc/machine-id").strip());
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return "";
    }
  }
}
