# The one binary, with the web client inside, in an image that holds nothing else of ours.

FROM node:20-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY schema.graphql /src/
COPY web ./
RUN npm run build

FROM rust:1.95-bookworm AS server
WORKDIR /src
COPY . .
COPY --from=web /src/web/dist web/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --profile dist --bin duban && cp target/dist/duban /usr/local/bin/duban

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/duban --create-home duban
COPY --from=server /usr/local/bin/duban /usr/local/bin/duban
COPY LICENSE /usr/share/doc/duban/LICENSE
USER duban
WORKDIR /var/lib/duban
VOLUME /var/lib/duban
ENV DUBAN_SERVER__BIND=0.0.0.0:8080 \
    DUBAN_LOG__FORMAT=json
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["duban", "doctor", "--ready", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["duban"]
CMD ["serve"]
