# The web app is built in one stage; the other one runs the server from its source, as `pnpm start` does.

FROM node:24-slim AS base
WORKDIR /app
RUN npm install --global pnpm@12

FROM base AS web
COPY . .
# Only what the build needs: the server is there for its types, and its dependencies are not.
RUN pnpm install --frozen-lockfile \
      --filter @sotto/web --filter @sotto/client --filter @sotto/crypto --filter @sotto/protocol
RUN cd apps/web && node_modules/.bin/vite build

FROM base AS server
COPY . .
RUN pnpm install --frozen-lockfile --prod --filter "@sotto/server..."

FROM node:24-slim
WORKDIR /app
COPY --from=server /app .
COPY --from=web /app/apps/web/dist apps/web/dist
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Exec form: signals reach the server itself. tsx is named by its place, because it belongs to the database package.
CMD ["node", "--import", "./packages/db/node_modules/tsx/dist/loader.mjs", "apps/server/src/main.ts"]
