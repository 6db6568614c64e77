package dev.slipway.agent.service;

import java.nio.file.Path;

/** A backup that lies here, whole, with what was noted of it. */
public record Backup(Path file, Note note) {
  static final String SCHEME = "agent-local://";

  /** How the control plane names it. */
  public String storagePath() {
    return SCHEME + file;
  }

  /** The beginning of the file's name. */
  public String id() {
    return fileName().substring(0, fileName().indexOf('.'));
  }

  public String fileName() {
    return String.valueOf(file.getFileName());
  }

  /**
   * What was saved.
   *
   * @param serviceType in the words of the contract
   * @param version of the data, where another one cannot read it; may be empty
   * @param user who owns it; may be empty
   * @param database that is meant where none is named; may be empty
   */
  public record Origin(String serviceType, String version, String user, String database) {}

  /**
   * What is written beside the file.
   *
   * @param sizeBytes of the file
   * @param contentBytes before it was compressed
   * @param sha256 of the file, in hexadecimal digits
   */
  public record Note(Origin origin, long sizeBytes, long contentBytes, String sha256) {}
}
