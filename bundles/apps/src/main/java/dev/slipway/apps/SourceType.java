package dev.slipway.apps;

/** Where an app's code comes from. */
public enum SourceType {
  /** A repository on GitHub, by its imported id or its URL. */
  GITHUB,
  /** Any repository an agent can clone; without a URL the folders uploaded to the platform. */
  GIT,
  /** A container image that exists already. */
  IMAGE,
  /** Any repository, or folder, as {@link #GIT}; a Compose file in it says what runs. */
  COMPOSE
}
