package dev.slipway.agent.identity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;

/**
 * What a registration left on this machine besides the secret; an empty text is a credential that
 * is used up.
 *
 * @param platformUrl where the platform's HTTP API is
 * @param machineId how the platform knows this machine
 * @param renewedAt seconds since 1970 at which the refresh token was issued
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Identity(
    @JsonProperty(value = "platform_url", required = true) String platformUrl,
    @JsonProperty(value = "machine_id", required = true) String machineId,
    @JsonProperty(value = "refresh_token", required = true) String refreshToken,
    @JsonProperty(value = "bootstrap_key", required = true) String bootstrapKey,
    @JsonProperty("renewed_at") long renewedAt) {

  URI at(String path) {
    return URI.create(platformUrl + path);
  }

  Identity withRefreshToken(String token, long at) {
    return new Identity(platformUrl, machineId, token, bootstrapKey, at);
  }

  Identity withBootstrapKey(String key) {
    return new Identity(platformUrl, machineId, refreshToken, key, renewedAt);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Identity[" + machineId + " at " + platformUrl + "]";
  }
}
