using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>The base of generated clients, without their type.</summary>
public abstract class ClientBase
{
    /// <summary>A client for tests that override its methods.</summary>
    protected ClientBase()
        : this(new ClientBaseConfiguration(UnconnectedCallInvoker.Instance))
    {
    }

    /// <summary>A client on this channel.</summary>
    protected ClientBase(ChannelBase channel)
        : this(channel.CreateCallInvoker())
    {
    }

    /// <summary>A client over this invoker.</summary>
    protected ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker))
    {
    }

    /// <summary>A client with this configuration.</summary>
    protected ClientBase(ClientBaseConfiguration configuration) => Configuration = configuration;

    internal ClientBaseConfiguration Configuration { get; }

    /// <summary>Starts this client's calls.</summary>
    protected CallInvoker CallInvoker => Configuration.CallInvoker;

    /// <summary>What a client is made of; opaque.</summary>
    protected internal class ClientBaseConfiguration
    {
        internal ClientBaseConfiguration(CallInvoker callInvoker) => CallInvoker = callInvoker;

        internal CallInvoker CallInvoker { get; }
    }
}

/// <summary>The base of generated clients.</summary>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>A client for tests that override its methods.</summary>
    protected ClientBase()
    {
    }

    /// <summary>A client on this channel.</summary>
    protected ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>A client over this invoker.</summary>
    protected ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    /// <summary>A client with this configuration.</summary>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The same client for another virtual host.</summary>
    public T WithHost(string host) => NewInstance(new ClientBaseConfiguration(
        CallInvoker.Intercept(ContextInterceptor.ForHost(host))));

    /// <summary>A client of the same type with another configuration.</summary>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
