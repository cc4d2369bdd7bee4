package io.tercet.http.message;

/// The versions of HTTP that are spoken here. A later 1.x is treated as 1.1 (RFC 9110 §2.5).
public enum Version {
  HTTP_1_0,
  HTTP_1_1
}
