/// <reference types="w3c-web-serial" />

declare module '*?url' {
  const address: string;
  export default address;
}

/** The part of u8-mqtt that the page uses; it has no types. */
declare module 'u8-mqtt/esm/web/basic-v4.js' {
  interface Client {
    log_conn: () => void;
    on_error: () => void;
    on_live: () => void;
    on_ready: () => void;
    on_reconnect: () => void;
    connect(packet: { client_id: string; username?: string; password?: string }): Promise<unknown>;
    subscribe(topics: string[]): Promise<unknown>;
    /** QoS 1: its `post`, of QoS 0, throws in 0.6. */
    send(topic: string, payload: string): Promise<unknown>;
    disconnect(): Promise<unknown>;
    with_websock(socket: WebSocket): Client;
  }
  interface Publish {
    payload?: Uint8Array;
    retain?: boolean;
  }
  const client: (options: { on_mqtt_type: { mqtt_publish(packet: Publish): void } }) => Client;
  export default client;
}
