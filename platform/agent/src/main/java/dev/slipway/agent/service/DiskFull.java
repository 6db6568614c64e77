package dev.slipway.agent.service;

import java.io.IOException;

/** The disk has no room for a backup, or would have none for anything else after it. */
final class DiskFull extends IOException {
  private static final long serialVersionUID = 1L;

  DiskFull(long freeBytes) {
    super("no room for the backup: the disk has " + (freeBytes >> 20) + " MiB left");
  }
}
