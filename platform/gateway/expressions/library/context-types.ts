import type {
  ExpressionApi,
  ExpressionContext,
  ExpressionDeployment,
  ExpressionLastError,
  ExpressionOperation,
  ExpressionProduct,
  ExpressionSubscription,
  ExpressionUser,
} from "../context.ts";
import { DateTime } from "../runtime/date-time.ts";
import { Guid } from "../runtime/guid.ts";
import { MapView } from "../runtime/keyed-value.ts";
import { TICKS, TimeSpan } from "../runtime/time-span.ts";
import { UrlValue } from "../runtime/url-value.ts";
import { defineType } from "../types/type-definition.ts";

const contextType = defineType("class IProxyRequestContext", {
  instance: {
    "Guid RequestId": (self: ExpressionContext) => Guid.parse(self.requestId) ?? Guid.EMPTY,
    "DateTime Timestamp": (self: ExpressionContext) => DateTime.from(self.timestamp),
    "TimeSpan Elapsed": (self: ExpressionContext) => TimeSpan.of(self.elapsed, TICKS.millisecond),
    "bool Tracing": (self: ExpressionContext) => self.tracing,
    "void Trace(string? message)": (self: ExpressionContext, message: string | null) =>
      self.trace?.(message ?? ""),
    "IVariables Variables": (self: ExpressionContext) => new MapView(self.variables),
    "ILastError LastError": (self: ExpressionContext) => self.lastError,
    "IApi Api": (self: ExpressionContext) => self.api,
    "IOperation Operation": (self: ExpressionContext) => self.operation,
    "IProduct Product": (self: ExpressionContext) => self.product,
    "ISubscription Subscription": (self: ExpressionContext) => self.subscription,
    "IUser User": (self: ExpressionContext) => self.user,
    "IDeployment Deployment": (self: ExpressionContext) => self.deployment,
    "IRequest Request": (self: ExpressionContext) => self.request,
    "IResponse Response": (self: ExpressionContext) => self.response,
  },
});

const lastErrorType = defineType("class ILastError", {
  instance: {
    "string Source": (self: ExpressionLastError) => self.source,
    "string Reason": (self: ExpressionLastError) => self.reason,
    "string Message": (self: ExpressionLastError) => self.message,
    "string Scope": (self: ExpressionLastError) => self.scope,
    "string Section": (self: ExpressionLastError) => self.section,
    "string Path": (self: ExpressionLastError) => self.path,
    "string PolicyId": (self: ExpressionLastError) => self.policyId,
  },
});

const apiType = defineType("class IApi", {
  instance: {
    "string Id": (self: ExpressionApi) => self.id,
    "string Name": (self: ExpressionApi) => self.name,
    "string Path": (self: ExpressionApi) => self.path,
    "string Revision": (self: ExpressionApi) => self.revision,
    "bool IsCurrentRevision": (self: ExpressionApi) => self.isCurrentRevision,
    "string Version": (self: ExpressionApi) => self.version,
    "IUrl ServiceUrl": (self: ExpressionApi) =>
      self.serviceUrl === null ? null : new UrlValue(self.serviceUrl),
  },
});

const operationType = defineType("class IOperation", {
  instance: {
    "string Id": (self: ExpressionOperation) => self.id,
    "string Name": (self: ExpressionOperation) => self.name,
    "string Method": (self: ExpressionOperation) => self.method,
    "string UrlTemplate": (self: ExpressionOperation) => self.urlTemplate,
  },
});

const productType = defineType("class IProduct", {
  instance: {
    "string Id": (self: ExpressionProduct) => self.id,
    "string Name": (self: ExpressionProduct) => self.name,
    "bool ApprovalRequired": (self: ExpressionProduct) => self.approvalRequired,
    "bool SubscriptionRequired": (self: ExpressionProduct) => self.subscriptionRequired,
    "int? SubscriptionsLimit": (self: ExpressionProduct) => self.subscriptionsLimit,
  },
});

const subscriptionType = defineType("class ISubscription", {
  instance: {
    "string Id": (self: ExpressionSubscription) => self.id,
    "string Name": (self: ExpressionSubscription) => self.name,
    "string Key": (self: ExpressionSubscription) => self.key,
    "string PrimaryKey": (self: ExpressionSubscription) => self.primaryKey,
    "string SecondaryKey": (self: ExpressionSubscription) => self.secondaryKey,
  },
});

const userType = defineType("class IUser", {
  instance: {
    "string Id": (self: ExpressionUser) => self.id,
    "string Email": (self: ExpressionUser) => self.email,
    "string FirstName": (self: ExpressionUser) => self.firstName,
    "string LastName": (self: ExpressionUser) => self.lastName,
    "string Note": (self: ExpressionUser) => self.note,
  },
});

const deploymentType = defineType("class IDeployment", {
  instance: {
    "string Region": (self: ExpressionDeployment) => self.region,
    "string ServiceId": (self: ExpressionDeployment) => self.serviceId,
    "string ServiceName": (self: ExpressionDeployment) => self.serviceName,
    "string GatewayId": (self: ExpressionDeployment) => self.gatewayId,
  },
});

/** `context` and what it holds, but for the messages. */
export const CONTEXT_TYPES = [
  contextType,
  lastErrorType,
  apiType,
  operationType,
  productType,
  subscriptionType,
  userType,
  deploymentType,
];
