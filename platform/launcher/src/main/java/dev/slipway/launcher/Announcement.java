package dev.slipway.launcher;

import java.io.PrintStream;
import java.util.Locale;

/** The few lines that people read; everything else is in the log. */
record Announcement(PrintStream out) {

  void ready(Phases phases, Settings settings, DatabaseAccess database) {
    var base = "http://" + settings.listeners().http().local();
    line("Slipway " + Version.own() + " is ready (" + phases.seconds() + " s)");
    item("Console", base + "/console");
    item("API", base + "/api");
    item("API reference", base + "/api/docs");
    item("gRPC", settings.listeners().grpc().local());
    item("Data", settings.data() + " (" + database.label() + ")");
    item("Agent", settings.agent().word());
    item("Owner", settings.owner().email());
  }

  void password(String password) {
    item("Password", password + "   (shown once; change it after the first login)");
  }

  void item(String name, String value) {
    line(String.format(Locale.ROOT, "  %-14s %s", name, value));
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }
}
