/**
 * The module `@radix-ui/themes/base`: the common Radix components, apart from the rest so that most
 * pages need not load all of them.
 */
import { Theme } from "@radix-ui/themes";

import { provideTheme } from "../core.ts";

export {
  AspectRatio,
  Avatar,
  Badge,
  Blockquote,
  Box,
  Button,
  Callout,
  Card,
  Checkbox,
  Code,
  Container,
  DataList,
  Em,
  Flex,
  Grid,
  Heading,
  IconButton,
  Inset,
  Kbd,
  Link,
  Progress,
  Quote,
  Reset,
  Section,
  Separator,
  Skeleton,
  Spinner,
  Strong,
  Switch,
  Table,
  Text,
  TextArea,
  TextField,
  Theme,
} from "@radix-ui/themes";

provideTheme(Theme as never);
