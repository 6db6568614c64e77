package dev.slipway.scriptworker;

import dev.slipway.scriptworker.graal.GraalEngine;
import dev.slipway.scriptworker.wire.FrameReader;
import dev.slipway.scriptworker.wire.FrameWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Starts a worker; with {@code --train} it warms up and ends, for the ahead-of-time cache. */
public final class Main {
  /** Deep enough that the limit of frames comes first. */
  private static final long STACK_BYTES = 64L * 1024 * 1024;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    var out = new FileOutputStream(FileDescriptor.out);
    // Nothing but the protocol may reach the host, whoever prints.
    System.setOut(silence());
    System.setIn(new java.io.ByteArrayInputStream(new byte[0]));
    var engine = new GraalEngine();
    if (args.length > 0 && args[0].equals("--train")) {
      engine.warm();
      return;
    }
    var worker =
        new Worker(
            engine, new FrameReader(new FileInputStream(FileDescriptor.in)), new FrameWriter(out));
    var thread = new Thread(null, worker::serve, "script", STACK_BYTES);
    thread.start();
    thread.join();
    // A script may have left the engine with threads that wait.
    Runtime.getRuntime().halt(0);
  }

  private static PrintStream silence() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
