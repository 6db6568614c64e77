package dev.slipway.apps.file;

import dev.slipway.api.PlatformException;
import dev.slipway.apps.AppFilePart;

/** A part of a file was refused by the service that it is for. */
final class PartRefused extends RuntimeException {
  private final transient AppFilePart part;
  private final transient PlatformException refusal;

  PartRefused(AppFilePart part, PlatformException refusal) {
    super(refusal.getMessage(), null, false, false);
    this.part = part;
    this.refusal = refusal;
  }

  AppFilePart part() {
    return part;
  }

  PlatformException refusal() {
    return refusal;
  }
}
