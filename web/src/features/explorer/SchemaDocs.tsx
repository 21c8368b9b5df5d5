import type { GraphQLSchema } from "graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Field } from "../../ui/Field";
import { SkeletonLines } from "../../ui/Skeleton";
import { TextInput } from "../../ui/TextInput";
import { type FoundName, searchIn } from "./schema-search";
import { TypeButton, TypeDocs } from "./TypeDocs";
import type { SchemaState } from "./use-schema";
import { useState } from "react";

interface SchemaDocsProps {
  readonly state: SchemaState;
  /** Name of the type that is shown; the roots when none is. */
  readonly shown: string | null;
  readonly onShow: (type: string | null) => void;
  readonly onAgain: () => void;
}

/** What the schema says of types and fields. */
export function SchemaDocs({ state, shown, onShow, onAgain }: SchemaDocsProps) {
  const t = useMessages("integrations");
  return (
    <Card
      title={t("gql.docs")}
      actions={
        shown !== null && (
          <Button size="small" onClick={() => onShow(null)}>
            {t("gql.docs.roots")}
          </Button>
        )
      }
    >
      {state.kind === "reading" && <SkeletonLines count={4} className="h-8" />}
      {state.kind === "failed" && (
        <EmptyState
          title={t("gql.docs.failed")}
          actions={<Button onClick={onAgain}>{t("gql.docs.again")}</Button>}
        />
      )}
      {state.kind === "known" && <Known schema={state.schema} shown={shown} onShow={onShow} />}
    </Card>
  );
}

interface KnownProps extends Pick<SchemaDocsProps, "shown" | "onShow"> {
  readonly schema: GraphQLSchema;
}

function Known({ schema, shown, onShow }: KnownProps) {
  const t = useMessages("integrations");
  const [text, setText] = useState("");
  const type = shown === null ? undefined : schema.getType(shown);
  const open = (name: string): void => {
    setText("");
    onShow(name);
  };
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return (
    <div className="grid gap-4">
      <Field label={t("gql.docs.search")} isLabelHidden>
        <TextInput
          type="search"
          placeholder={t("gql.docs.search")}
          spellCheck={false}
          value={text}
          onChange={setText}
        />
      </Field>
      {text.trim() !== "" && <Found found={searchIn(schema, text)} onShow={open} />}
      {text.trim() === "" && type === undefined && (
        <ul className="grid gap-2">
          {roots.map((root) =>
            root == null ? null : (
              <li key={root.name}>
                <TypeButton name={root.name} onShow={open} />
                {root.description != null && (
                  <p className="caption text-sm text-muted">{root.description}</p>
                )}
              </li>
            ),
          )}
        </ul>
      )}
      {text.trim() === "" && type !== undefined && <TypeDocs type={type} onShow={open} />}
    </div>
  );
}

interface FoundProps {
  readonly found: readonly FoundName[];
  readonly onShow: (type: string) => void;
}

function Found({ found, onShow }: FoundProps) {
  const t = useMessages("integrations");
  if (found.length === 0) return <p className="text-muted">{t("gql.docs.nothing")}</p>;
  return (
    <ul className="grid gap-1">
      {found.map(({ type, field }) => (
        <li key={`${type}.${field ?? ""}`} className="flex flex-wrap items-baseline gap-1">
          <TypeButton name={type} onShow={onShow} />
          {field !== null && <code className="font-mono text-sm">.{field}</code>}
        </li>
      ))}
    </ul>
  );
}
