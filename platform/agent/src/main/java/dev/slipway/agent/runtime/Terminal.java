package dev.slipway.agent.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A command beside an instance that somebody talks to. */
public interface Terminal extends AutoCloseable {
  /** What it shows; ends with the command. */
  InputStream output();

  /** What is typed. */
  OutputStream input();

  /** Does nothing where the command has no terminal. */
  void resize(int columns, int rows) throws IOException, RuntimeRefusal, InterruptedException;

  /** Waits for the end of the command, whose output was read to its end, and returns its code. */
  int exitCode() throws IOException, RuntimeRefusal, InterruptedException;

  /** Ends the command if it runs. */
  @Override
  void close();
}
