package dev.slipway.security;

import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param base its address bytes, 4 or 16
 * @param bits length of the prefix
 */
public record Network(byte[] base, int bits) {

  /** Reads {@code address/bits} or a single address; never resolves a name. */
  public static Network parse(String text) {
    var slash = text.indexOf('/');
    var literal = slash < 0 ? text : text.substring(0, slash);
    if (literal.indexOf(':') < 0 && literal.chars().filter(c -> c == '.').count() != 3) {
      throw new IllegalArgumentException("an IPv4 address has four parts: " + text);
    }
    var address = InetAddress.ofLiteral(literal).getAddress();
    var bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > address.length * 8) {
      throw new IllegalArgumentException("no prefix length: " + text);
    }
    return new Network(address, bits);
  }

  /** Whether an address lies in it; one of the other family does not. */
  public boolean contains(byte[] address) {
    if (address.length != base.length) {
      return false;
    }
    var whole = bits / 8;
    for (var i = 0; i < whole; i++) {
      if (address[i] != base[i]) {
        return false;
      }
    }
    var rest = bits % 8;
    return rest == 0 || ((address[whole] ^ base[whole]) & 0xff) >>> (8 - rest) == 0;
  }
}
