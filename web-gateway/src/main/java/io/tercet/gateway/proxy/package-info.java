/// Who a request comes from if proxies stand before the gateway: address, scheme and host of the
/// client, as proxies that the operator trusts tell them.
///
/// It runs before everything else. Code after it sees the client's request and no proxy.
@NullMarked
package io.tercet.gateway.proxy;

import org.jspecify.annotations.NullMarked;
