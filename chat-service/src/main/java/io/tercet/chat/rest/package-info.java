/// HTTP for people and programs: contracts/http.md. Never here: a rule about rooms or people.
@NullMarked
package io.tercet.chat.rest;

import org.jspecify.annotations.NullMarked;
