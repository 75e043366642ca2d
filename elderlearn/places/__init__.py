"""District, town or street, community; who lives there by the official figures; statistic periods."""
