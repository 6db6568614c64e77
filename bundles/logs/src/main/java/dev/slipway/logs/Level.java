package dev.slipway.logs;

/** How serious a line says it is. */
public enum Level {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL
}
